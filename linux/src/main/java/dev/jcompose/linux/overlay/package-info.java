/**
 * Directory trees as overlayfs has them: layers read as one without mounting them, and trees removed. All of it
 * relative to open directories and without following symbolic links out of them.
 */
@NullMarked
package dev.jcompose.linux.overlay;

import org.jspecify.annotations.NullMarked;

/** Where the engine keeps its files, and which build of it runs. */
@NullMarked
package dev.jcompose.engine.home;

import org.jspecify.annotations.NullMarked;

/** Reads {@code .env} files and env_files. */
@NullMarked
package dev.jcompose.model.dotenv;

import org.jspecify.annotations.NullMarked;

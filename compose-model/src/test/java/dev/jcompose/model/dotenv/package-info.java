/** Tests of env files. */
@NullMarked
package dev.jcompose.model.dotenv;

import org.jspecify.annotations.NullMarked;

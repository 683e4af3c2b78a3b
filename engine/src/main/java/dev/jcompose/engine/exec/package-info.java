/** Further commands in running containers: for people, and for health checks. */
@NullMarked
package dev.jcompose.engine.exec;

import org.jspecify.annotations.NullMarked;

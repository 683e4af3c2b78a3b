/** How fast jcompose is: JMH benchmarks of the command, of container launch, and of stacks. */
@NullMarked
package dev.jcompose.bench;

import org.jspecify.annotations.NullMarked;

package dev.jcompose.runtime.exec;

import dev.jcompose.linux.Fd;

/** Where the standard streams of a further process go. */
public sealed interface ExecStreams {

    /**
     * Three descriptors, usually pipe ends or {@code /dev/null}. They are duplicated: the caller closes its own after
     * the process was started.
     */
    record Descriptors(Fd stdin, Fd stdout, Fd stderr) implements ExecStreams {}

    /**
     * A new terminal of the container's own; see {@link dev.jcompose.runtime.ExecProcess#terminal()}.
     *
     * @param rows height in characters, 0 for unknown
     * @param columns width in characters, 0 for unknown
     */
    record Terminal(int rows, int columns) implements ExecStreams {}
}

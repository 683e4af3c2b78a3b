package dev.jcompose.engine.logs;

import dev.jcompose.linux.Fd;
import java.io.IOException;
import java.nio.file.Path;

/** Where a container's output goes. Not thread-safe. */
interface LogSink extends AutoCloseable {
    /**
     * Moves what is in a pipe, up to a bound.
     *
     * @param nowNanos the time since the epoch
     * @return how many bytes; 0 if the pipe is empty and nobody has it open for writing any more
     * @throws IOException {@code EAGAIN} if the pipe is empty; others if nothing can be taken now: then it is in the
     *     pipe still
     */
    long move(Fd pipe, LogStream stream, long nowNanos) throws IOException;

    /** Takes what was saved in a file when nobody read the pipe, and removes the file. */
    void append(LogStream stream, Path source, long nowNanos) throws IOException;

    /** Where what has been taken ends. */
    LogPosition end();

    @Override
    void close();
}

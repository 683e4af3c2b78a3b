package dev.jcompose.engine.logs;

import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps nothing: what a container writes is moved out of its pipe, for else it would have to wait. */
final class NoLog implements LogSink {
    private static final long MAX_MOVE_BYTES = 256 * 1024;

    private final Linux linux;
    private final Fd nothing;

    NoLog(Linux linux) throws IOException {
        this.linux = linux;
        this.nothing = linux.files().openat(null, "/dev/null", Fcntl.O_WRONLY, 0);
    }

    @Override
    public long move(Fd pipe, LogStream stream, long nowNanos) throws IOException {
        return linux.events().spliceToFile(pipe, nothing, 0, MAX_MOVE_BYTES, EventCalls.SPLICE_F_NONBLOCK);
    }

    @Override
    public void append(LogStream stream, Path source, long nowNanos) throws IOException {
        Files.deleteIfExists(source);
    }

    @Override
    public LogPosition end() {
        return new LogPosition(1, 0);
    }

    @Override
    public void close() {
        nothing.close();
    }
}

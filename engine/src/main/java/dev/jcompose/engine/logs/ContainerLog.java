package dev.jcompose.engine.logs;

import static java.util.Objects.requireNonNull;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The log of one container, through all its restarts: a directory of segments. One object per container and engine.
 * Thread-safe; there is one writer at a time, and any number of readers.
 */
public final class ContainerLog {
    private final Linux linux;
    private final Path directory;
    private final LogLimits limits;
    private final Clock clock;
    private volatile LogSignal signal;

    /** The log in {@code directory}, which need not exist yet. */
    public ContainerLog(Linux linux, Path directory, LogLimits limits, Clock clock) {
        this.linux = requireNonNull(linux, "linux");
        this.directory = requireNonNull(directory, "directory");
        this.limits = requireNonNull(limits, "limits");
        this.clock = requireNonNull(clock, "clock");
        this.signal = new LogSignal();
        signal.end();
    }

    /**
     * Begins to move what the container writes into the log, behind what is there, also if an engine that was writing
     * to it has been killed.
     *
     * @param loop moves the bytes; it may serve any number of logs
     * @param stdout read end of a FIFO, non-blocking; the writer closes it, also when this fails
     * @param stderr likewise
     */
    public LogWriter write(EventLoop loop, Fd stdout, Fd stderr) throws IOException {
        SegmentChain segments = null;
        try {
            Files.createDirectories(directory);
            segments = new SegmentChain(linux, directory, limits);
            LogSignal fresh = new LogSignal();
            LogWriter writer = new LogWriter(linux, loop, segments, clock, fresh);
            signal = fresh;
            writer.start(stdout, stderr);
            return writer;
        } catch (IOException | RuntimeException e) {
            signal.end();
            if (segments != null) {
                segments.close();
            }
            stdout.close();
            stderr.close();
            throw e;
        }
    }

    /** Opens the log for reading; no log is read as an empty one. */
    public LogReader read(LogQuery query) throws IOException {
        return LogReader.open(directory, query);
    }

    /** The signal of the writer of the moment; an ended one if nobody writes. */
    public LogSignal signal() {
        return signal;
    }

    /** Where the log ends now: what is written later comes behind it. */
    public LogPosition end() throws IOException {
        return new Segments(directory).end();
    }
}

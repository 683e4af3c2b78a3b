package dev.jcompose.engine.logs;

import static java.util.Objects.requireNonNull;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * The log of one container, through all its restarts: a directory of segments. One object per container and engine.
 * Thread-safe; there is one writer at a time, and any number of readers.
 */
public final class ContainerLog {
    private final Linux linux;
    private final Path directory;
    private final LogLimits limits;
    private final boolean kept;
    private final Executor background;
    private final Clock clock;
    private volatile LogSignal signal;

    /**
     * The log in {@code directory}, which need not exist yet.
     *
     * @param kept whether it is there for later; otherwise only for those who follow it now
     * @param background compresses segments
     */
    public ContainerLog(Linux linux, Path directory, LogLimits limits, boolean kept, Clock clock, Executor background) {
        this.linux = requireNonNull(linux, "linux");
        this.directory = requireNonNull(directory, "directory");
        this.limits = requireNonNull(limits, "limits");
        this.kept = kept;
        this.background = requireNonNull(background, "background");
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
        LogSink sink = null;
        try {
            Files.createDirectories(directory);
            sink = new SegmentChain(linux, directory, limits, background);
            LogSignal fresh = new LogSignal();
            LogWriter writer = new LogWriter(linux, loop, sink, clock, fresh);
            signal = fresh;
            writer.start(stdout, stderr);
            return writer;
        } catch (IOException | RuntimeException e) {
            signal.end();
            if (sink != null) {
                sink.close();
            }
            stdout.close();
            stderr.close();
            throw e;
        }
    }

    /** Whether what the container writes is kept. */
    public boolean isKept() {
        return kept;
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

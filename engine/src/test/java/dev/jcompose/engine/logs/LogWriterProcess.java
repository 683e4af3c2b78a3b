package dev.jcompose.engine.logs;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** An engine that does nothing but write one log, until it is killed. */
final class LogWriterProcess {
    /** So small that a kill often meets a rotation, and so many that nothing is dropped. */
    static final LogLimits LIMITS = new LogLimits(256 * 1024, 100_000);

    private LogWriterProcess() {}

    /** Arguments: the log's directory, the FIFO of stdout, that of stderr. Says "ready" when it writes. */
    public static void main(String[] arguments) throws Exception {
        Linux linux = Linux.load();
        EventLoop loop = new EventLoop(linux, "logs");
        LogWriter writer = new ContainerLog(
                        linux, Path.of(arguments[0]), LIMITS, true, Clock.systemUTC(), Runnable::run)
                .write(loop, Fifos.open(linux, Path.of(arguments[1])), Fifos.open(linux, Path.of(arguments[2])));
        System.out.println("ready");
        new CountDownLatch(1).await();
        writer.finish();
    }
}

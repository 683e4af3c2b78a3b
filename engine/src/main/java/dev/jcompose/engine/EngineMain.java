package dev.jcompose.engine;

import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.core.Engine;
import dev.jcompose.engine.core.EngineParts;
import dev.jcompose.engine.core.Wiring;
import dev.jcompose.engine.home.BuildId;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.engine.host.CommandHost;
import dev.jcompose.engine.host.CommandHostFactory;
import dev.jcompose.engine.lifecycle.Failpoint;
import dev.jcompose.engine.memory.FilePages;
import dev.jcompose.engine.memory.MemoryReturn;
import dev.jcompose.engine.server.ApiServer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's process: takes over what runs, serves the API, and leaves when nothing runs and nobody asks any more.
 * Only one per pair of directories: a second one waits a moment for the first to end, and else ends itself.
 */
public final class EngineMain {
    private static final Logger log = firstLogger();
    private static final int WORKERS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int POLL_MILLIS = 10;

    private EngineMain() {}

    private static Logger firstLogger() {
        LogSettings.apply(System.getenv());
        return LoggerFactory.getLogger(EngineMain.class);
    }

    /** Runs until the engine leaves; the directories come from the environment, see {@link EngineDirectories#of}. */
    public static void main(String[] arguments) throws Exception {
        run((engine, linux, pool, stop) -> null);
    }

    /** Runs an engine that also runs commands, see {@link #main}. */
    public static void run(CommandHostFactory commands) throws Exception {
        run(commands, Failpoint.NONE);
    }

    /** Likewise, and tells {@code failpoint} of every step. */
    static void run(CommandHostFactory commands, Failpoint failpoint) throws Exception {
        Map<String, String> environment = System.getenv();
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        EngineDirectories directories = EngineDirectories.of(environment, root);
        directories.create();
        try (FileChannel file =
                        FileChannel.open(directories.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(file)) {
            if (lock == null) {
                log.info("another engine serves {}", directories.run());
                return;
            }
            run(directories, commands, failpoint);
            // Nothing is left to do, and a thread in native code would hold an orderly exit up for 300 ms. The lock
            // goes with the process: the next engine then finds its sockets closed, too.
            Runtime.getRuntime().halt(0);
        } catch (IOException e) {
            // The command that started this engine shows the line.
            log.error("the engine cannot go on: {}", e.getMessage());
            log.debug("because of", e);
            Runtime.getRuntime().halt(1);
        }
    }

    /** Waits for an engine that is about to end, and not for one that goes on: then it is null. */
    private static @Nullable FileLock lock(FileChannel file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        FileLock lock = file.tryLock();
        while (lock == null && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            lock = file.tryLock();
        }
        return lock;
    }

    private static void run(EngineDirectories directories, CommandHostFactory commands, Failpoint failpoint)
            throws IOException, InterruptedException {
        FilePages filePages = FilePages.mappedNow();
        Clock clock = Clock.systemUTC();
        IoEventLoopGroup netty = new MultiThreadIoEventLoopGroup(1, daemon("netty"), EpollIoHandler.newFactory());
        ExecutorService workers = workers();
        ExecutorService requests = unbounded("request");
        ExecutorService beside = unbounded("beside");
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(daemon("timer"));
        CountDownLatch stop = new CountDownLatch(1);
        try (Wiring wiring = new Wiring(directories, netty, workers, beside, timers, clock, failpoint)) {
            wiring.parts().linux().processes().setsid();
            Map<String, Set<String>> comeback = wiring.recover();
            EngineParts parts = wiring.parts();
            EngineVersion version = new EngineVersion(
                    BuildId.version(),
                    BuildId.current(),
                    ProcessHandle.current().pid());
            Engine engine = new Engine(parts, version);
            CommandHost host = commands.create(engine, parts.linux(), requests, stop::countDown);
            try (ApiServer server = ApiServer.start(
                    engine, host, directories.socket(), netty, requests, clock, stop::countDown, parts.linux())) {
                beside.execute(() -> engine.comeBack(comeback));
                log.info("engine {} serves {}", version.version(), directories.socket());
                IdleWatch idle = new IdleWatch(parts.table(), server::openRequests, clock);
                MemoryReturn memory = new MemoryReturn(parts.linux(), filePages, clock);
                while (!stop.await(IdleWatch.CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                    memory.check();
                    if (idle.isOver()) {
                        log.info("nothing runs and nobody asks: leaving");
                        break;
                    }
                }
            }
        }
    }

    private static ExecutorService unbounded(String name) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemon(name));
    }

    private static ExecutorService workers() {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemon("worker"));
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    private static ThreadFactory daemon(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}

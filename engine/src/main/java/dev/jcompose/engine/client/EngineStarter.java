package dev.jcompose.engine.client;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.home.EngineDirectories;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine of a pair of directories, and starts one where none answers. Safe against other commands that do the
 * same at the same time; a socket that a dead engine left behind does no harm.
 */
public final class EngineStarter {
    private static final Duration POLL = Duration.ofMillis(4);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EngineDirectories directories;
    private final EngineLaunch launch;
    private final String buildId;
    private final Map<String, String> environment;
    private final boolean root;

    /**
     * Touches nothing yet.
     *
     * @param buildId of this program: an idle engine of another build is replaced
     * @param environment the caller's; the engine gets the little of it that it needs
     * @param root whether the caller is root, as an engine has to be
     */
    public EngineStarter(
            EngineDirectories directories,
            EngineLaunch launch,
            String buildId,
            Map<String, String> environment,
            boolean root) {
        this.directories = directories;
        this.launch = launch;
        this.buildId = buildId;
        this.environment = environment;
        this.root = root;
    }

    /** The engine, if one answers. */
    public Optional<EngineClient> running() {
        return answering().map(version -> new EngineClient(directories.socket()));
    }

    /**
     * The engine; started if there is none, or only an idle one of another build. One of another build that is in use
     * stays.
     *
     * @throws EngineException saying why it cannot be started
     */
    public EngineClient connect() {
        EngineClient client = new EngineClient(directories.socket());
        Optional<EngineVersion> version = answering();
        if (version.filter(found -> found.buildId().equals(buildId)).isPresent()) {
            return client;
        }
        if (version.isPresent()) {
            if (!isStopped(client)) {
                return client;
            }
            awaitEnd(version.get().pid());
        }
        if (!root) {
            throw failed("jcompose needs root for now: run it with sudo, or as root", null);
        }
        try {
            startAlone();
        } catch (IOException e) {
            throw failed("cannot start the engine: " + e.getMessage(), e);
        }
        return client;
    }

    private Optional<EngineVersion> answering() {
        if (!Files.exists(directories.socket())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EngineClient(directories.socket()).version());
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.CANCELLED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Asks an idle engine to leave. */
    private static boolean isStopped(EngineClient client) {
        try {
            client.stopEngine(false);
            return true;
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.CANCELLED) {
                throw e;
            }
            return e.isFault();
        }
    }

    private void startAlone() throws IOException {
        directories.create();
        Path lockFile = directories.run().resolve("start.lock");
        try (FileChannel file = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            // Another command may have started one while this one waited for the lock.
            if (!lock.isValid() || answering().isPresent()) {
                return;
            }
            await(EngineProcess.start(launch, directories, environment));
        }
    }

    private void await(EngineProcess process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (answering().isEmpty()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw failed("the engine did not start: " + process.lastWords(), null);
            }
            pause();
        }
    }

    private static void awaitEnd(long pid) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && System.nanoTime() - deadline < 0) {
            pause();
        }
    }

    private static void pause() {
        if (Thread.interrupted()) {
            throw new EngineException(EngineException.Kind.CANCELLED, "canceled");
        }
        LockSupport.parkNanos(POLL.toNanos());
    }

    private static EngineException failed(String message, @Nullable Exception cause) {
        return new EngineException(EngineException.Kind.FAILED, message, cause);
    }
}

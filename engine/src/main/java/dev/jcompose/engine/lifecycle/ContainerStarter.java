package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.assemble.SpecAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.logs.LogWriter;
import dev.jcompose.engine.network.Connection;
import dev.jcompose.engine.network.ContainerNetworking;
import dev.jcompose.images.Image;
import dev.jcompose.linux.Fd;
import dev.jcompose.runtime.Concurrent;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.CreatedContainer;
import dev.jcompose.runtime.LaunchException;
import dev.jcompose.runtime.PreparedNetwork;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.container.ContainerProcess;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Starts containers that have been made. The order is what matters here: the process is held at the gate until its
 * networks are up, its name resolves and its log is open, so that its first instruction finds everything in place.
 */
public final class ContainerStarter {
    private final ContainerRuntime runtime;
    private final ImageLookup images;
    private final MountPreparation mounts;
    private final ContainerNetworking networking;
    private final Namespaces namespaces;
    private final LogOpener logs;
    private final Executor beside;
    private final Failpoint failpoint;

    /** Takes the output of containers to their logs. */
    public interface LogOpener {
        /** Begins with a container that has just started, or that another engine has left. */
        LogWriter open(Container container, RunningContainer running) throws IOException;

        /** Ends with one that has ended: everything that it wrote is in its log afterwards. */
        void close(Container container, LogWriter writer, RunningContainer running) throws IOException;

        /** Forgets one that is removed. */
        void forget(Container container);
    }

    /** @param beside runs short tasks at once, whatever else waits */
    public ContainerStarter(
            ContainerRuntime runtime,
            ImageLookup images,
            MountPreparation mounts,
            ContainerNetworking networking,
            Namespaces namespaces,
            LogOpener logs,
            Executor beside,
            Failpoint failpoint) {
        this.beside = beside;
        this.failpoint = failpoint;
        this.runtime = runtime;
        this.images = images;
        this.mounts = mounts;
        this.networking = networking;
        this.namespaces = namespaces;
        this.logs = logs;
    }

    /** A container that has begun. */
    record Started(RunningContainer running, LogWriter log, Connection connection) {}

    /** Writes down what is about to run, so that it is not lost should the engine be killed before it knows more. */
    @FunctionalInterface
    interface Intent {
        void note(ContainerProcess process, Connection connection);
    }

    /**
     * Starts the container; when this returns, its command has been executed. Blocks for some milliseconds. The caller
     * holds the container's lock.
     *
     * @param intent is told before the container's first instruction
     * @throws IOException naming the step that failed; nothing of the attempt is left
     */
    Started start(Container container, Intent intent) throws IOException {
        Image image = images.of(container);
        Undo undo = new Undo();
        try (PreparedNetwork network = networking.prepare(container)) {
            undo.with(() -> mounts.release(container));
            ContainerSpec spec = spec(container, image, namespaces(container, network));
            networking.writeFiles(container, List.of());
            failpoint.reached("start: prepared");
            // It is the network namespace that is connected: the process that begins in it need not be there.
            try (Concurrent<Connection> connecting = new Concurrent<>(() -> networking.connect(container, network))
                    .begin(network == null ? Runnable::run : beside)) {
                undo.with(() -> connecting.ifMade(made -> networking.disconnect(container, made)));
                CreatedContainer created = runtime.create(spec);
                failpoint.reached("start: at the gate");
                Connection connection = connected(created, connecting);
                failpoint.reached("start: connected");
                note(created, connection, intent);
                failpoint.reached("start: noted");
                RunningContainer running = created.start();
                undo.with(() -> {
                    running.kill();
                    running.close();
                    runtime.delete(container.config().id(), container.files().run());
                });
                failpoint.reached("start: begun");
                LogWriter log = logs.open(container, running);
                undo.keep();
                return new Started(running, log, connection);
            }
        } catch (LaunchException e) {
            undo.undo(e);
            throw named(container, e);
        } catch (IOException | RuntimeException e) {
            undo.undo(e);
            throw e;
        }
    }

    /** Work in a container's root directory. */
    @FunctionalInterface
    public interface RootWork {
        /** Does it; {@code root} is opened with {@code O_PATH} and closed by the caller. */
        void in(Fd root) throws IOException;
    }

    /**
     * Does something in the root directory of a container that does not run, with everything mounted there as when it
     * does. The caller holds the container's lock.
     *
     * @throws IOException naming the step that failed; nothing but the work is left
     */
    void inRoot(Container container, RootWork work) throws IOException {
        Image image = images.of(container);
        try {
            networking.writeFiles(container, List.of());
            CreatedContainer created =
                    runtime.create(spec(container, image, NamespaceSpec.OWN).rootOnly());
            try (Fd root = created.openRoot()) {
                work.in(root);
            } finally {
                Optional<LaunchException> ignored = created.abort();
            }
        } catch (LaunchException e) {
            throw named(container, e);
        } finally {
            mounts.release(container);
        }
    }

    /** Takes back what the start of a container that has ended had made ready. */
    void ended(Container container) {
        mounts.release(container);
    }

    /** Takes a container over that another engine started. */
    void takeOver(Container container) throws IOException {
        mounts.takeOver(container);
    }

    private static Connection connected(CreatedContainer created, Concurrent<Connection> connecting)
            throws IOException {
        try {
            return connecting.get();
        } catch (IOException | RuntimeException e) {
            created.abort().ifPresent(e::addSuppressed);
            throw e;
        }
    }

    private static void note(CreatedContainer created, Connection connection, Intent intent) {
        try {
            intent.note(created.process(), connection);
        } catch (RuntimeException e) {
            created.abort();
            throw e;
        }
    }

    /** The runtime knows ids, people know names. */
    private static LaunchException named(Container container, LaunchException e) {
        String message = String.valueOf(e.getMessage())
                .replace(container.config().id(), container.config().name());
        LaunchException named = new LaunchException(message, e.exitCode());
        named.initCause(e);
        return named;
    }

    private NamespaceSpec namespaces(Container container, @Nullable PreparedNetwork network) throws LaunchException {
        try {
            NamespaceSpec own = namespaces.of(container);
            return network == null
                    ? own
                    : own.withNetwork(Namespace.open(network.namespace().descriptor()));
        } catch (IllegalArgumentException e) {
            throw new LaunchException("cannot start container " + container + ": " + e.getMessage(), e);
        }
    }

    private ContainerSpec spec(Container container, Image image, NamespaceSpec own) throws IOException {
        try {
            return SpecAssembler.assemble(
                    container.config(),
                    container.service(),
                    container.files(),
                    image,
                    mounts.prepare(container, image),
                    own,
                    container.terminalSize());
        } catch (IllegalArgumentException e) {
            throw new LaunchException("cannot start container " + container + ": " + e.getMessage(), e);
        }
    }
}

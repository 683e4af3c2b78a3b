package dev.jcompose.runtime;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.SocketSpec;
import dev.jcompose.linux.Spawner;
import dev.jcompose.linux.Syscall;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import dev.jcompose.runtime.launch.LaunchProgram;
import dev.jcompose.runtime.launch.LaunchProgramBuilder;
import dev.jcompose.runtime.launch.LaunchReport;
import dev.jcompose.runtime.launch.LaunchedProgram;
import dev.jcompose.runtime.launch.ProgramLauncher;
import dev.jcompose.runtime.process.OwnNetwork;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes network namespaces for containers, and a few of them ahead: what the kernel has to set up for one takes a tenth
 * of the start of a container. A launch program makes each, and the sockets in it that the engine works there with, so
 * no thread of the engine ever enters it. Thread-safe.
 *
 * <p>Nothing but its descriptors keeps such a namespace: those made ahead go with the engine, however it ends.
 */
public final class NetworkNamespaces implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NetworkNamespaces.class);

    /** For a service or two; a stack of many is not slower for the few that would be there. */
    private static final int AHEAD = 2;

    /** The kernel makes and removes namespaces under locks that the containers of the moment need too. */
    private static final long PAUSE_MILLIS = 30;

    private static final String NAME = "jcompose-net";
    private static final int CHANNEL_FD = ProgramLauncher.FIRST_OWN_FD;

    /** Puts into a namespace that is made ahead what most containers will have there. */
    @FunctionalInterface
    public interface Furnishing {
        /** Does so; when it fails, the namespace is not used. */
        void furnish(PreparedNetwork made) throws IOException;
    }

    private final Linux linux;
    private final ProgramLauncher launcher;
    private final LaunchProgram program;
    private final int descriptors;
    private final Furnishing furnishing;
    private final Executor later;
    private final Deque<PreparedNetwork> ready = new ArrayDeque<>();
    private boolean filling;
    private boolean closed;

    /**
     * @param spawner must be over {@code linux}'s kernel
     * @param sockets that each namespace is to have
     * @param furnishing of those that are made ahead
     * @param beside makes some ahead; may take its time
     */
    public NetworkNamespaces(
            Linux linux, Spawner spawner, List<SocketSpec> sockets, Furnishing furnishing, Executor beside) {
        this.linux = linux;
        this.launcher = new ProgramLauncher(linux, spawner);
        this.program = program(sockets);
        this.descriptors = 1 + sockets.size();
        this.furnishing = furnishing;
        this.later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, beside);
    }

    private static LaunchProgram program(List<SocketSpec> sockets) {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.current());
        LaunchCalls calls = new LaunchCalls(builder);
        calls.closeFrom(CHANNEL_FD + 1);
        builder.purpose("make a network namespace");
        builder.call(Syscall.UNSHARE, Argument.number(Sched.CLONE_NEWNET));
        Argument.Result namespace = calls.openat(LaunchCalls.AT_FDCWD, "/proc/self/ns/net", Fcntl.O_RDONLY, 0);
        OwnNetwork.bringLoopbackUp(calls);
        OwnNetwork.send(calls, namespace, sockets, CHANNEL_FD);
        return builder.build();
    }

    /**
     * A namespace that nobody has used; the caller closes it.
     *
     * @throws IOException naming the call that failed
     */
    public PreparedNetwork take() throws IOException {
        PreparedNetwork there;
        synchronized (this) {
            there = ready.poll();
            if (!filling && !closed) {
                filling = true;
                later.execute(this::fill);
            }
        }
        return there != null ? there : make();
    }

    private void fill() {
        try {
            while (wantsMore()) {
                keep(furnished(make()));
            }
        } catch (IOException | RuntimeException e) {
            // Who needs one will be told.
            log.debug("no network namespace is made ahead", e);
            synchronized (this) {
                filling = false;
            }
        }
    }

    private PreparedNetwork furnished(PreparedNetwork made) throws IOException {
        try {
            furnishing.furnish(made);
            return made;
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private synchronized boolean wantsMore() {
        filling = !closed && ready.size() < AHEAD;
        return filling;
    }

    private synchronized void keep(PreparedNetwork made) {
        if (closed) {
            made.close();
        } else {
            ready.add(made);
        }
    }

    private PreparedNetwork make() throws IOException {
        SocketCalls.Pair channel = linux.sockets().socketpair();
        try (Fd own = channel.first();
                Fd given = channel.second();
                Fd nothing = linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0);
                LaunchedProgram launched =
                        launcher.start(NAME, program, List.of(nothing, nothing, nothing), List.of(given));
                Fd process = linux.processes().pidfdOpen(launched.pid())) {
            given.close();
            try {
                List<Fd> received = linux.sockets().receiveDescriptors(own, descriptors);
                if (received.size() != descriptors) {
                    received.forEach(Fd::close);
                    throw failure(launched);
                }
                return new PreparedNetwork(
                        new NetworkNamespace(linux, received.get(0)),
                        List.copyOf(received.subList(1, received.size())));
            } finally {
                linux.processes().await(process);
            }
        }
    }

    private static IOException failure(LaunchedProgram launched) throws IOException {
        List<LaunchReport> reports = new ArrayList<>(launched.awaitReports());
        String why = reports.isEmpty()
                ? "its process was killed"
                : launched.program().describe(reports.get(0));
        return new IOException("cannot make a network namespace: " + why);
    }

    /** Ends what was made ahead. */
    @Override
    public synchronized void close() {
        closed = true;
        ready.forEach(PreparedNetwork::close);
        ready.clear();
    }
}

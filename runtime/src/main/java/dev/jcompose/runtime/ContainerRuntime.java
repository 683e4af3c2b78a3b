package dev.jcompose.runtime;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.Spawner;
import dev.jcompose.linux.Stat;
import dev.jcompose.runtime.cgroup.CgroupLimits;
import dev.jcompose.runtime.cgroup.Cgroups;
import dev.jcompose.runtime.container.ContainerProcess;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import dev.jcompose.runtime.exec.ExecSpec;
import dev.jcompose.runtime.exec.ExecStreams;
import dev.jcompose.runtime.idmap.IdSwap;
import dev.jcompose.runtime.idmap.MappingNamespace;
import dev.jcompose.runtime.launch.LaunchProgram;
import dev.jcompose.runtime.launch.LaunchedProgram;
import dev.jcompose.runtime.launch.ProgramLauncher;
import dev.jcompose.runtime.rootfs.DetachedOverlay;
import dev.jcompose.runtime.rootfs.Sysctl;
import dev.jcompose.runtime.user.ResolvedUser;
import dev.jcompose.runtime.user.UserLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Creates containers and finds them again. Keeps nothing about them in memory or on disk but what is in their run
 * directories: the kernel and the caller's state are the truth. Thread-safe; needs root. All methods may block for some
 * milliseconds.
 */
public final class ContainerRuntime {
    private static final String CREATE_NAME = "jcompose-init";

    /** The upper directory's is that of the container's root directory. */
    private static final int DIRECTORY_MODE = 0755;

    private final Linux linux;
    private final ProgramLauncher launcher;
    private final Cgroups cgroups;
    private final Confinement confinement;
    private final UserLookup users;
    private final ExecLauncher execs;
    private final DetachedOverlay overlays;
    private final Executor beside;

    /**
     * @param spawner must be over {@code linux}'s kernel
     * @param beside runs short tasks at once, whatever else waits: a creation has two, and waits for them
     */
    public ContainerRuntime(Linux linux, Spawner spawner, Cgroups cgroups, Executor beside) {
        this.linux = linux;
        this.beside = beside;
        this.launcher = new ProgramLauncher(linux, spawner);
        this.cgroups = cgroups;
        this.confinement = Confinement.ofSelf();
        this.users = new UserLookup(linux);
        this.overlays = new DetachedOverlay(linux);
        this.execs = new ExecLauncher(linux, launcher, confinement, users);
    }

    /** Does ahead, on the calling thread, what would otherwise make the first container of a cold engine wait. */
    public void warmUp() {
        confinement.warmUp();
    }

    /**
     * Creates a container up to the gate: when this returns, its process is known and has namespaces of its own; it
     * goes on to enter its cgroup, build its root file system, and wait for {@link CreatedContainer#start}.
     *
     * <p>Sources of bind mounts must exist now; what is in them counts from the start on.
     *
     * @throws LaunchException after everything was undone
     */
    public CreatedContainer create(ContainerSpec spec) throws LaunchException {
        try {
            spec.sysctls().keySet().forEach(name -> Sysctl.requireOwn(name, spec.namespaces()));
            // A layer to look users up in; nothing else need be there before the process.
            NewDirectory.make(linux.files(), spec.rootfs().upper(), DIRECTORY_MODE);
        } catch (IOException | IllegalArgumentException e) {
            throw failed(spec, e);
        }
        try (Preparation preparation = prepare(spec)) {
            try (Prepared prepared = compile(spec, preparation)) {
                return launch(spec, prepared, preparation);
            } catch (LaunchException e) {
                throw preparation.undone(e);
            } catch (IOException | IllegalArgumentException e) {
                throw preparation.undone(failed(spec, e));
            }
        }
    }

    /**
     * Begins what the process needs. The compiler waits for the user, nobody for the root before the process starts.
     */
    private Preparation prepare(ContainerSpec spec) {
        var user = new Concurrent<>(() -> users.inImage(
                spec.rootfs(), spec.process().user(), spec.process().additionalGroups()));
        var files = new Concurrent<>(() -> makeFiles(spec));
        if (!overlays.isSupported()) {
            return new Preparation(user.begin(beside), files.begin(beside), null);
        }
        var root = new Concurrent<>(() -> mountRoot(spec));
        Concurrent.begin(beside, user, root);
        return new Preparation(user, files.begin(beside), root);
    }

    private static LaunchException failed(ContainerSpec spec, Exception e) {
        return new LaunchException("cannot create container " + spec.id() + ": " + e.getMessage(), e);
    }

    private static CgroupLimits limits(ContainerSpec spec) {
        return spec.resources().cgroupLimits(spec.security().privileged());
    }

    /** Makes what the process needs outside of itself, or nothing. */
    private ContainerFiles makeFiles(ContainerSpec spec) throws IOException {
        NewDirectory.make(linux.files(), spec.rootfs().mountPoint(), DIRECTORY_MODE);
        var files = new ContainerFiles(linux.files(), spec.runDirectory(), cgroups.create(spec.id(), limits(spec)));
        try {
            files.create();
            return files;
        } catch (IOException e) {
            try {
                files.delete();
            } catch (IOException undoing) {
                e.addSuppressed(undoing);
            }
            throw e;
        }
    }

    private DetachedOverlay.Mounted mountRoot(ContainerSpec spec) throws IOException {
        try {
            NewDirectory.make(linux.files(), spec.rootfs().work(), DIRECTORY_MODE);
            return overlays.mount(spec.rootfs());
        } catch (IOException e) {
            throw new IOException("mount the root file system: " + e.getMessage(), e);
        }
    }

    /**
     * A compiled program, and the user namespaces that its mounts need.
     *
     * @param mappings in the order of the program's descriptors
     */
    private record Prepared(LaunchProgram program, List<Fd> mappings) implements AutoCloseable {
        @Override
        public void close() {
            mappings.forEach(Fd::close);
        }
    }

    private Prepared compile(ContainerSpec spec, Preparation preparation) throws IOException {
        List<MountSpec> mapped = new ArrayList<>();
        List<Fd> mappings = new ArrayList<>();
        try {
            for (MountSpec mount : spec.mounts()) {
                if (mount instanceof BindMount bind && bind.ownedByUser()) {
                    mapped.add(bind);
                    mappings.add(mapping(bind, preparation.user().get()));
                }
            }
            LaunchProgram program = new ContainerProgram(
                            spec,
                            preparation.user(),
                            confinement,
                            cgroups.placement(spec.id(), limits(spec)),
                            cgroups.mounts(),
                            preparation.root() != null,
                            mapped)
                    .build(Arch.current());
            return new Prepared(program, mappings);
        } catch (IOException | RuntimeException e) {
            mappings.forEach(Fd::close);
            throw e;
        }
    }

    private Fd mapping(BindMount bind, ResolvedUser user) throws IOException {
        Stat source = linux.files().statx(null, bind.source().toString(), 0);
        return MappingNamespace.create(
                linux, launcher, new IdSwap(source.uid(), user.uid()), new IdSwap(source.gid(), user.gid()));
    }

    private CreatedContainer launch(ContainerSpec spec, Prepared prepared, Preparation preparation) throws IOException {
        ContainerFiles files = preparation.files().get();
        String what = "container " + spec.id();
        EventCalls.Pipe gate = linux.events().pipe2(0);
        List<Fd> own = new ArrayList<>(List.of(gate.readEnd()));
        InputEnds input;
        try {
            input = InputEnds.open(linux.files(), files.input(), spec);
        } catch (IOException e) {
            gate.close();
            throw e;
        }
        LaunchedProgram launched;
        EngineEnds ends = new EngineEnds(gate.writeEnd(), input.engine());
        try (Fd stdin = input.container();
                Fd stdout = files.fifos().openStdoutForContainer();
                Fd stderr = files.fifos().openStderrForContainer()) {
            own.add(linux.files().openat(null, spec.runDirectory().toString(), Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0));
            for (int pid : ContainerProgram.joinedProcesses(spec.namespaces())) {
                own.add(linux.processes().pidfdOpen(pid));
            }
            if (spec.namespaces().network() instanceof Namespace.Open network) {
                own.add(linux.files().duplicate(network.descriptor(), 0));
            }
            if (preparation.root() != null) {
                own.add(linux.files().duplicate(preparation.root().get().root(), 0));
            }
            for (Fd mapping : prepared.mappings()) {
                own.add(linux.files().duplicate(mapping, 0));
            }
            if (spec.process().terminal()) {
                SocketCalls.Pair sockets = linux.sockets().socketpair();
                own.add(sockets.first());
                own.add(sockets.second());
            }
            launched = launcher.start(CREATE_NAME, prepared.program(), List.of(stdin, stdout, stderr), own);
        } catch (IOException e) {
            ends.close();
            throw e;
        } finally {
            own.forEach(Fd::close);
        }
        StartingProcess starting =
                new StartingProcess(linux, launched, what, spec.process().args().get(0));
        try {
            starting.awaitPid();
            return new CreatedContainer(linux, starting, ends, files);
        } catch (IOException e) {
            ends.close();
            starting.destroy();
            throw e;
        }
    }

    /**
     * Finds a container that this or another engine started. It may have ended meanwhile: then
     * {@link RunningContainer#exit} says how.
     */
    public RunningContainer find(ContainerProcess process, String id, Path runDirectory) throws IOException {
        return RunningContainer.find(linux, process, new ContainerFiles(linux.files(), runDirectory, cgroups.find(id)));
    }

    /** Runs a further process in a container; returns when its execve(2) succeeded. */
    public ExecProcess exec(RunningContainer container, ExecSpec spec, ExecStreams streams) throws LaunchException {
        return execs.exec(container, spec, streams);
    }

    /**
     * Removes what is left of a container: kills its processes, removes its cgroup and what the runtime made in the run
     * directory. Works from disk and kernel alone, also after a crash in the middle of {@link #create}; nothing happens
     * when nothing is left.
     */
    public void delete(String id, Path runDirectory) throws IOException {
        new ContainerFiles(linux.files(), runDirectory, cgroups.find(id)).delete();
    }
}

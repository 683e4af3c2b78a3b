package dev.jcompose.engine.build;

import dev.jcompose.engine.assemble.HostsFile;
import dev.jcompose.engine.network.BuildNetwork;
import dev.jcompose.images.build.CommandRunner;
import dev.jcompose.images.build.RunMount;
import dev.jcompose.images.build.RunRequest;
import dev.jcompose.images.build.RunSettings;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.runtime.ContainerRuntime;
import dev.jcompose.runtime.CreatedContainer;
import dev.jcompose.runtime.LaunchException;
import dev.jcompose.runtime.PreparedNetwork;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import dev.jcompose.runtime.container.ProcessSpec;
import dev.jcompose.runtime.container.Resources;
import dev.jcompose.runtime.container.Rlimit;
import dev.jcompose.runtime.container.RootfsSpec;
import dev.jcompose.runtime.container.Security;
import dev.jcompose.runtime.container.UserSpec;
import dev.jcompose.runtime.user.ResolvedUser;
import dev.jcompose.runtime.user.UserLookup;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the commands of builds in containers that are gone afterwards. Thread-safe. */
public final class ContainerRunner implements CommandRunner, Closeable {
    private static final Logger log = LoggerFactory.getLogger(ContainerRunner.class);
    private static final Path HOST_RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final String HOSTNAME = "build";

    private final Linux linux;
    private final EventLoop loop;
    private final ContainerRuntime runtime;
    private final BuildNetwork network;
    private final HostMounts hostMounts;
    private final Cleaning cleaning;
    private final Path root;

    /** Directories of the host that its own image needs as mounts of their own. */
    @FunctionalInterface
    public interface HostMounts {
        List<Path> below() throws IOException;
    }

    /** Removes what containers have in common, unless there still are some. */
    @FunctionalInterface
    public interface Cleaning {
        void run() throws IOException;
    }

    /** @param root the run directories of the commands; made when it is needed */
    public ContainerRunner(
            Linux linux,
            EventLoop loop,
            ContainerRuntime runtime,
            BuildNetwork network,
            HostMounts hostMounts,
            Cleaning cleaning,
            Path root) {
        this.linux = linux;
        this.loop = loop;
        this.runtime = runtime;
        this.network = network;
        this.hostMounts = hostMounts;
        this.cleaning = cleaning;
        this.root = root;
    }

    /** Ends what an engine before this one has left running. */
    public void recover() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(root)) {
            for (Path directory : left) {
                remove(directory.getFileName().toString(), directory);
            }
        }
    }

    /** Removes what is left when no command runs; one that does is found by {@link #recover} of the next engine. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            log.info("a build is interrupted: {}", e.getMessage());
        }
    }

    @Override
    public int run(RunRequest request, Consumer<String> output) throws IOException, InterruptedException {
        String id = "build-" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        Path directory = root.resolve(id);
        make(directory);
        try (PreparedNetwork prepared = isConnected(request) ? network.prepare() : null) {
            CreatedContainer created = runtime.create(spec(id, directory, request, prepared));
            return run(id, created, prepared, output);
        } catch (LaunchException e) {
            throw new IOException(String.valueOf(e.getMessage()).replace("container " + id + ": ", ""), e);
        } finally {
            boolean interrupted = Thread.interrupted();
            remove(id, directory);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isConnected(RunRequest request) {
        return !List.of("none", "host").contains(request.network());
    }

    private int run(String id, CreatedContainer created, @Nullable PreparedNetwork prepared, Consumer<String> output)
            throws IOException, InterruptedException {
        BuildNetwork.@Nullable Place place = null;
        try {
            try {
                if (prepared != null) {
                    place = network.connect(id, prepared);
                }
            } catch (IOException | RuntimeException e) {
                Optional<LaunchException> failure = created.abort();
                if (failure.isPresent()) {
                    throw failure.get();
                }
                throw e;
            }
            try (RunningContainer running = created.start()) {
                return new CommandOutput(linux, loop, running, output).untilEnd();
            }
        } finally {
            if (place != null) {
                place.close();
            }
        }
    }

    private void remove(String id, Path directory) throws IOException {
        runtime.delete(id, directory);
        new TreeRemoval(linux).remove(directory);
        leaveNothing();
        cleaning.run();
    }

    private synchronized void make(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @SuppressWarnings("EmptyCatch") // another build goes on
    private synchronized void leaveNothing() throws IOException {
        try {
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            // The last one removes it.
        }
    }

    private ContainerSpec spec(String id, Path directory, RunRequest request, @Nullable PreparedNetwork prepared)
            throws IOException {
        RunSettings settings = request.settings();
        boolean host = request.network().equals("host");
        List<Path> layers = new ArrayList<>(request.layers());
        if (layers.isEmpty()) {
            layers.add(Files.createDirectories(request.scratch().resolve("empty")));
        }
        RootfsSpec rootfs = new RootfsSpec(
                layers,
                request.upper(),
                request.scratch().resolve("work"),
                request.scratch().resolve("root"),
                false);
        ProcessSpec process = new ProcessSpec(
                request.command(),
                request.environment(),
                request.directory(),
                UserSpec.parse(request.user()),
                List.of(),
                false,
                rlimits(settings),
                ProcessSpec.DEFAULT_UMASK);
        ContainerSpec.Builder spec = ContainerSpec.builder(id, directory, rootfs, process)
                .mounts(mounts(directory, request, host))
                .namespaces(NamespaceSpec.OWN.withNetwork(network(host, prepared)))
                .security(request.privileged() ? Security.PRIVILEGED : Security.DEFAULTS)
                .resources(resources(settings))
                .hostname(HOSTNAME);
        if (settings.shmSizeBytes() > 0) {
            spec.shmSizeBytes(settings.shmSizeBytes());
        }
        return spec.build();
    }

    private static Namespace network(boolean host, @Nullable PreparedNetwork prepared) {
        if (prepared != null) {
            return Namespace.open(prepared.namespace().descriptor());
        }
        return host ? Namespace.host() : Namespace.own();
    }

    private static Resources resources(RunSettings settings) {
        return new Resources(settings.memoryBytes(), null, null, null, null, null, null, null, null, null, List.of());
    }

    private static List<Rlimit> rlimits(RunSettings settings) {
        List<Rlimit> limits = new ArrayList<>();
        settings.ulimits()
                .forEach((name, limit) -> limits.add(
                        new Rlimit(Rlimit.Kind.valueOf(name.toUpperCase(Locale.ROOT)), limit.get(0), limit.get(1))));
        return limits;
    }

    private List<MountSpec> mounts(Path directory, RunRequest request, boolean host) throws IOException {
        List<MountSpec> mounts = new ArrayList<>();
        mounts.add(file(directory, "hosts", "/etc/hosts", hosts(request.settings())));
        mounts.add(file(directory, "hostname", "/etc/hostname", HOSTNAME + "\n"));
        String resolvConf =
                host && Files.isReadable(HOST_RESOLV_CONF) ? Files.readString(HOST_RESOLV_CONF) : network.resolvConf();
        mounts.add(file(directory, "resolv.conf", "/etc/resolv.conf", resolvConf));
        if (request.layers().contains(Path.of("/"))) {
            for (Path below : hostMounts.below()) {
                mounts.add(MountSpec.BindMount.of(below, below.toString(), true));
            }
        }
        int number = 0;
        for (RunMount mount : request.mounts()) {
            number++;
            if (mount instanceof RunMount.Bind bind) {
                mounts.add(MountSpec.BindMount.of(bind.source(), bind.target(), bind.readOnly()));
            } else if (mount instanceof RunMount.Tmpfs tmpfs) {
                mounts.add(new MountSpec.TmpfsMount(tmpfs.target(), tmpfs.sizeBytes(), 01777, 0, 0, false, true));
            } else if (mount instanceof RunMount.Secret secret) {
                mounts.add(secret(directory.resolve("secret-" + number), secret));
            }
        }
        return mounts;
    }

    private static String hosts(RunSettings settings) {
        return HostsFile.of(List.of(), "", settings.extraHosts(), List.of());
    }

    private static MountSpec file(Path directory, String name, String target, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return MountSpec.BindMount.of(file, target, false);
    }

    private MountSpec secret(Path file, RunMount.Secret secret) throws IOException {
        byte[] content = new byte[secret.content().remaining()];
        secret.content().duplicate().get(content);
        Files.write(file, content);
        linux.files().fchownat(null, file.toString(), secret.uid(), secret.gid(), 0);
        linux.files().fchmodat(null, file.toString(), secret.mode());
        return MountSpec.BindMount.of(file, secret.target(), true);
    }

    @Override
    public Owner owner(List<Path> layers, String user) throws IOException {
        if (user.matches("\\d{1,9}")) {
            return new Owner(Integer.parseInt(user), Integer.parseInt(user));
        }
        if (layers.isEmpty()) {
            if (user.matches("\\d{1,9}:\\d{1,9}")) {
                String[] ids = user.split(":");
                return new Owner(Integer.parseInt(ids[0]), Integer.parseInt(ids[1]));
            }
            throw new IllegalArgumentException("no user \"" + user + "\": there is no /etc/passwd");
        }
        // The top layer counts as the upper directory: nothing has been written yet.
        Path top = layers.get(layers.size() - 1);
        RootfsSpec rootfs = new RootfsSpec(layers, top, top, top, true);
        ResolvedUser resolved = new UserLookup(linux).inImage(rootfs, UserSpec.parse(user), List.of());
        return new Owner(resolved.uid(), resolved.gid());
    }
}

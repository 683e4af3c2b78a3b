package dev.jcompose.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Spawner;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.cgroup.Cgroups;
import dev.jcompose.runtime.container.ContainerExit;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.ProcessSpec;
import dev.jcompose.runtime.container.RootfsSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Runs containers in a test, on the host's root file system with what must not be seen masked, as
 * {@code localhost/host} is.
 */
final class TestContainers implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    /** Directories of the host that a container does not see. */
    private static final List<String> MASKED = List.of("proc", "sys", "dev", "run", "tmp", "home", "root");

    static final Executor BESIDE = task -> new Thread(task, "beside").start();

    final Linux linux;
    final Spawner spawner;
    final Cgroups cgroups;
    final ContainerRuntime runtime;
    final Path directory;
    final Path extraLayer;
    private final Path mask;
    private int count;

    TestContainers(Path directory) throws IOException {
        this(directory, "jcompose-test-" + ProcessHandle.current().pid());
    }

    /** Of an engine with another parent cgroup. */
    TestContainers(Path directory, String parent) throws IOException {
        this(directory, parent, Set.of());
    }

    /** On a kernel that lacks some system calls, as far as the engine's own calls go. */
    TestContainers(Path directory, Set<Syscall> missing) throws IOException {
        this(directory, "jcompose-test-" + ProcessHandle.current().pid(), missing);
    }

    private TestContainers(Path directory, String parent, Set<Syscall> missing) throws IOException {
        NativeKernel kernel = new NativeKernel();
        this.linux = new Linux((call, a0, a1, a2, a3, a4, a5) ->
                missing.contains(call) ? -Errno.ENOSYS.number() : kernel.call(call, a0, a1, a2, a3, a4, a5));
        this.spawner = new Spawner(linux, kernel);
        this.cgroups = Cgroups.detect(linux, parent);
        this.runtime = new ContainerRuntime(linux, spawner, cgroups, BESIDE);
        this.directory = directory;
        this.mask = Files.createDirectory(directory.resolve("mask"));
        this.extraLayer = Files.createDirectory(directory.resolve("extra"));
        for (String name : MASKED) {
            linux.files()
                    .lsetxattr(
                            Files.createDirectory(mask.resolve(name)).toString(),
                            "trusted.overlay.opaque",
                            "y".getBytes(UTF_8));
        }
    }

    /** How a container ended, and what it wrote. */
    record Outcome(int code, String stdout, String stderr) {}

    /** A specification that runs a shell command; files may be put into {@link #extraLayer} before it starts. */
    ContainerSpec.Builder shell(String script) {
        return spec(ProcessSpec.of(List.of("/bin/sh", "-c", script)));
    }

    ContainerSpec.Builder spec(ProcessSpec process) {
        String id = "t" + ++count;
        Path own = directory.resolve(id);
        RootfsSpec rootfs = new RootfsSpec(
                List.of(Path.of("/"), mask, extraLayer),
                own.resolve("upper"),
                own.resolve("work"),
                own.resolve("root"),
                false);
        return ContainerSpec.builder(id, own.resolve("run"), rootfs, process);
    }

    Outcome run(String script) throws IOException {
        return run(shell(script).build());
    }

    Outcome run(String script, UnaryOperator<ContainerSpec.Builder> change) throws IOException {
        return run(change.apply(shell(script)).build());
    }

    Outcome run(ContainerSpec spec) throws IOException {
        try (RunningContainer container = runtime.create(spec).start();
                Fd stdout = container.openStdout();
                Fd stderr = container.openStderr()) {
            ContainerExit exit = await(container);
            Outcome outcome = new Outcome(
                    exit.status().shellCode(),
                    drain(stdout) + rest(container.stdoutRest()),
                    drain(stderr) + rest(container.stderrRest()));
            runtime.delete(spec.id(), spec.runDirectory());
            return outcome;
        }
    }

    ContainerExit await(RunningContainer container) throws IOException {
        if (!linux.events().poll(container.exitFd(), EventCalls.EPOLLIN, TIMEOUT_MILLIS)) {
            container.kill();
            throw new IOException("the container did not end in time");
        }
        return container.exit().orElseThrow();
    }

    String drain(Fd fifo) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocateDirect(65536);
        try {
            while (linux.files().read(fifo, buffer.clear()) > 0) {
                text.append(UTF_8.decode(buffer.flip()));
            }
        } catch (ErrnoException e) {
            if (!e.is(Errno.EAGAIN)) {
                throw e;
            }
        }
        return text.toString();
    }

    private static String rest(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public void close() throws IOException {
        cgroups.removeParentIfEmpty();
    }
}

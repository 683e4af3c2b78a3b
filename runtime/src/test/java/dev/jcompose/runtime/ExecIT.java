package dev.jcompose.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.Security;
import dev.jcompose.runtime.container.UserSpec;
import dev.jcompose.runtime.exec.ExecSpec;
import dev.jcompose.runtime.exec.ExecStreams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class ExecIT {
    @TempDir
    Path directory;

    private TestContainers containers;
    private ContainerSpec spec;
    private RunningContainer container;

    @BeforeEach
    void start() throws IOException {
        containers = new TestContainers(directory);
        spec = containers
                .shell("while :; do sleep 1000; done")
                .hostname("inside")
                .build();
        container = containers.runtime.create(spec).start();
    }

    @AfterEach
    void delete() throws IOException {
        container.kill();
        containers.await(container);
        container.close();
        containers.runtime.delete(spec.id(), spec.runDirectory());
        containers.close();
    }

    @Test
    void itIsInAllNamespacesOfTheContainerAndInItsCgroup() throws IOException {
        String script = "hostname; for n in mnt net ipc uts pid cgroup; do readlink /proc/self/ns/$n; done;"
                + " for n in mnt net ipc uts pid cgroup; do readlink /proc/1/ns/$n; done; grep -v unified /proc/self/cgroup";
        List<String> lines =
                exec(script, UserSpec.ROOT, Security.DEFAULTS).lines().toList();

        assertThat(lines.get(0)).isEqualTo("inside");
        assertThat(lines.subList(1, 7)).isEqualTo(lines.subList(7, 13));
        assertThat(containers.run("cat /proc/self/cgroup").stdout().lines().filter(line -> line.endsWith(":/")))
                .as("hierarchies that have the container's own cgroup as the root")
                .isNotEmpty()
                .containsAll(lines.subList(13, lines.size()).stream()
                        .filter(line -> line.endsWith(":/"))
                        .toList());
    }

    @Test
    void itHasTheContainersCapabilitiesAndFilterAndNoOthers() throws IOException {
        String status = "grep -E 'Cap|Seccomp:' /proc/self/status";

        assertThat(exec(status, UserSpec.ROOT, Security.DEFAULTS)).isEqualTo("""
                        CapInh:\t0000000000000000
                        CapPrm:\t00000000800405fb
                        CapEff:\t00000000800405fb
                        CapBnd:\t00000000800405fb
                        CapAmb:\t0000000000000000
                        Seccomp:\t2
                        """);
        assertThat(exec(status, UserSpec.parse("1000:1000"), Security.DEFAULTS))
                .contains("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "CapBnd:\t00000000800405fb");
    }

    @Test
    void itHasOnlyItsThreeStreamsOpen() throws IOException {
        assertThat(exec("ls /proc/self/fd", UserSpec.ROOT, Security.DEFAULTS))
                .as("3 is the directory that ls reads")
                .isEqualTo("0\n1\n2\n3\n");
    }

    @Test
    void itsExitStatusIsKnown() throws IOException {
        try (Fd nothing = containers.linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0)) {
            ExecStreams streams = new ExecStreams.Descriptors(nothing, nothing, nothing);
            assertThat(status("exit 9", streams)).isEqualTo(new ExitStatus(9, 0));
            assertThat(status("kill -9 $$", streams)).isEqualTo(new ExitStatus(0, 9));
        }
    }

    @Test
    void aMissingWorkingDirectoryOrCommandIsReported() throws IOException {
        try (Fd nothing = containers.linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0)) {
            ExecStreams streams = new ExecStreams.Descriptors(nothing, nothing, nothing);
            assertThatThrownBy(() -> containers.runtime.exec(
                            container,
                            execSpec(List.of("true"), "/missing", UserSpec.ROOT, Security.DEFAULTS),
                            streams))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("enter the working directory \"/missing\": openat2(");
            assertThatThrownBy(() -> containers.runtime.exec(
                            container,
                            execSpec(List.of("/etc/passwd"), "/", UserSpec.ROOT, Security.DEFAULTS),
                            streams))
                    .isInstanceOfSatisfying(
                            LaunchException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(LaunchException.NOT_EXECUTABLE))
                    .hasMessageEndingWith("\"/etc/passwd\": Permission denied (EACCES 13)");
        }
    }

    @Test
    void itCanHaveATerminalOfTheContainersOwn() throws IOException {
        ExecSpec tty = execSpec(
                List.of("/bin/sh", "-c", "tty; stty size; read line; echo got $line; stty size"),
                "/",
                UserSpec.ROOT,
                Security.DEFAULTS);
        try (ExecProcess process = containers.runtime.exec(container, tty, new ExecStreams.Terminal(24, 80))) {
            Fd terminal = process.terminal().orElseThrow();
            process.resize(30, 100);
            containers.linux.files().writeFully(terminal, "hello\n".getBytes(UTF_8));

            assertThat(readAll(terminal)).contains("/dev/pts/0", "got hello", "30 100");
            containers.linux.events().poll(process.exitFd(), EventCalls.EPOLLIN, 10_000);
            assertThat(process.exit()).contains(new ExitStatus(0, 0));
        }
    }

    @Test
    void aPtmxThatTheContainerReplacedIsRefused() throws IOException {
        exec(
                "umount /dev/pts; mount -t tmpfs t /dev/pts; ln -s /etc/passwd /dev/pts/ptmx",
                UserSpec.ROOT,
                Security.PRIVILEGED);

        assertThatThrownBy(() -> containers.runtime.exec(
                        container,
                        execSpec(List.of("true"), "/", UserSpec.ROOT, Security.DEFAULTS),
                        new ExecStreams.Terminal(24, 80)))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("dev/pts/ptmx");
    }

    @Test
    void nothingRunsInAPausedContainer() throws IOException {
        container.pause();
        try (Fd nothing = containers.linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0)) {
            assertThatThrownBy(() -> status("true", new ExecStreams.Descriptors(nothing, nothing, nothing)))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageEndingWith("the container is paused");
        } finally {
            container.resume();
        }
    }

    private ExitStatus status(String script, ExecStreams streams) throws IOException {
        ExecSpec exec = execSpec(List.of("/bin/sh", "-c", script), "/", UserSpec.ROOT, Security.DEFAULTS);
        try (ExecProcess process = containers.runtime.exec(container, exec, streams)) {
            assertThat(containers.linux.events().poll(process.exitFd(), EventCalls.EPOLLIN, 10_000))
                    .isTrue();
            assertThat(Files.exists(Path.of("/proc/" + process.pid()))).isFalse();
            return process.exit().orElseThrow();
        }
    }

    private String exec(String script, UserSpec user, Security security) throws IOException {
        ExecSpec exec = execSpec(List.of("/bin/sh", "-c", script), "/", user, security);
        try (Fd nothing = containers.linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0);
                EventCalls.Pipe output = containers.linux.events().pipe2(0);
                ExecProcess process = containers.runtime.exec(
                        container, exec, new ExecStreams.Descriptors(nothing, output.writeEnd(), output.writeEnd()))) {
            output.writeEnd().close();
            String text = readAll(output.readEnd());
            containers.linux.events().poll(process.exitFd(), EventCalls.EPOLLIN, 10_000);
            assertThat(process.exit()).as(text).contains(new ExitStatus(0, 0));
            return text;
        }
    }

    private static ExecSpec execSpec(List<String> args, String cwd, UserSpec user, Security security) {
        return new ExecSpec(args, List.of("PATH=/usr/bin:/bin"), cwd, user, List.of(), security, List.of());
    }

    private String readAll(Fd fd) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        try {
            while (containers.linux.files().read(fd, buffer.clear()) > 0) {
                text.append(UTF_8.decode(buffer.flip()));
            }
        } catch (ErrnoException e) {
            // A terminal whose other side is closed.
            if (!e.is(Errno.EIO)) {
                throw e;
            }
        }
        return text.toString();
    }
}

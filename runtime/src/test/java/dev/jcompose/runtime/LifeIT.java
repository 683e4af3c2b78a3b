package dev.jcompose.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.cgroup.CgroupLayout;
import dev.jcompose.runtime.cgroup.Cgroups;
import dev.jcompose.runtime.container.ContainerExit;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import dev.jcompose.runtime.container.ProcessSpec;
import dev.jcompose.runtime.container.Resources;
import dev.jcompose.runtime.container.Rlimit;
import dev.jcompose.runtime.stdio.WindowSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How containers live and end, and what an engine that comes later sees of it. */
@RequiresRoot
class LifeIT {
    @TempDir
    Path directory;

    private TestContainers containers;

    @BeforeEach
    void open() throws IOException {
        containers = new TestContainers(directory);
    }

    @AfterEach
    void close() throws IOException {
        containers.close();
    }

    @Test
    void beforeTheGateNothingOfTheContainerRuns() throws IOException {
        ContainerSpec spec = containers.shell("echo ran").build();
        CreatedContainer created = containers.runtime.create(spec);
        Path network = Path.of("/proc/" + created.pid() + "/ns/net");
        assertThat(Files.readSymbolicLink(network)).isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + created.pid() + "/exe"))
                        .toString())
                .startsWith("/memfd:");

        try (RunningContainer container = created.start();
                Fd stdout = container.openStdout()) {
            containers.await(container);
            assertThat(containers.drain(stdout) + Files.readString(container.stdoutRest()))
                    .isEqualTo("ran\n");
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void outputThatNobodyReadIsKeptWhenTheContainerEnds() throws IOException {
        ContainerSpec spec = containers.shell("seq 1 5000; echo oops >&2").build();
        try (RunningContainer container = containers.runtime.create(spec).start()) {
            assertThat(containers.await(container).status().shellCode()).isZero();

            assertThat(Files.readAllLines(container.stdoutRest())).hasSize(5000).endsWith("5000");
            assertThat(container.stderrRest()).hasContent("oops\n");
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
        assertThat(spec.runDirectory()).isEmptyDirectory();
    }

    @Test
    void anEngineThatComesLaterFindsAContainerItsOutputAndItsExit() throws IOException {
        ContainerSpec spec = containers
                .shell("trap 'echo stopped; exit 7' TERM; echo ready; while :; do sleep 0.05; done")
                .build();
        RunningContainer first = containers.runtime.create(spec).start();
        try (RunningContainer found = new ContainerRuntime(
                                containers.linux, containers.spawner, containers.cgroups, TestContainers.BESIDE)
                        .find(first.process(), spec.id(), spec.runDirectory());
                Fd stdout = found.openStdout()) {
            assertThat(found.exit()).isEmpty();
            assertThat(containers.linux.events().poll(stdout, EventCalls.EPOLLIN, 10_000))
                    .isTrue();
            assertThat(containers.drain(stdout)).isEqualTo("ready\n");
            Instant before = Instant.now().minusSeconds(1);

            found.signal(Sched.SIGTERM);

            ContainerExit exit = containers.await(found);
            assertThat(exit.status()).isEqualTo(new ExitStatus(7, 0));
            assertThat(exit.at()).isBetween(before, Instant.now().plusSeconds(1));
            assertThat(exit.oomKilled()).isFalse();
        }
        try (RunningContainer ended = containers.runtime.find(first.process(), spec.id(), spec.runDirectory())) {
            assertThat(containers.await(ended).status()).isEqualTo(new ExitStatus(7, 0));
        }
        first.close();
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void aProcessThatGotTheNumberOfAContainerIsNotTakenForIt() throws IOException {
        ContainerSpec spec = containers.shell("true").build();
        int self = (int) ProcessHandle.current().pid();
        var other = new dev.jcompose.runtime.container.ContainerProcess(self, 1, self, 1);

        try (RunningContainer found = containers.runtime.find(other, spec.id(), spec.runDirectory())) {
            assertThat(containers.await(found).status()).isEqualTo(ContainerExit.UNKNOWN);
            found.signal(Sched.SIGKILL);
        }
    }

    @Test
    void anEngineThatComesAfterTheMonitorWasKilledWaitsForTheContainerItself() throws IOException {
        ContainerSpec spec = containers.shell("while :; do sleep 1000; done").build();
        try (RunningContainer container = containers.runtime.create(spec).start()) {
            containers.linux.processes().kill(container.process().monitorPid(), Sched.SIGKILL);
            containers.linux.processes().await(container.exitFd());
            try (RunningContainer found =
                    containers.runtime.find(container.process(), spec.id(), spec.runDirectory())) {
                assertThat(found.exit()).isEmpty();
                found.kill();
                assertThat(containers.await(found).status()).isEqualTo(ContainerExit.UNKNOWN);
            }
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void aContainerWhoseMonitorIsKilledIsKilledToo() throws IOException {
        ContainerSpec spec = containers.shell("while :; do sleep 1000; done").build();
        try (RunningContainer container = containers.runtime.create(spec).start()) {
            containers.linux.processes().kill(container.process().monitorPid(), Sched.SIGKILL);

            assertThat(containers.await(container).status()).isEqualTo(ContainerExit.UNKNOWN);
            await().untilAsserted(() -> assertThat(container.pids()).isEmpty());
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void deleteEndsWhatAnEngineThatCrashedLeft() throws IOException {
        ContainerSpec spec =
                containers.shell("sleep 1000 & while :; do sleep 1000; done").build();
        try (RunningContainer container = containers.runtime.create(spec).start()) {
            containers.runtime.delete(spec.id(), spec.runDirectory());

            assertThat(containers.cgroups.ids()).isEmpty();
            containers.await(container);
            assertThat(Path.of("/proc/" + container.process().pid())).doesNotExist();
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
        assertThat(spec.runDirectory()).isEmptyDirectory();
    }

    @Test
    void killingForWantOfMemoryIsSeen() throws IOException {
        Resources resources = new Resources(32L << 20, null, null, null, null, null, null, null, null, null, List.of());
        ContainerSpec spec = containers
                .shell("exec head -c 60m /dev/zero > /dev/shm/file")
                .resources(resources)
                .build();
        try (RunningContainer container = containers.runtime.create(spec).start()) {
            ContainerExit exit = containers.await(container);
            assertThat(exit.oomKilled()).isTrue();
            assertThat(exit.status().shellCode()).isEqualTo(137);
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void aPausedContainerDoesNothingUntilItIsResumed() throws IOException {
        ContainerSpec spec =
                containers.shell("while :; do echo x; sleep 0.01; done").build();
        try (RunningContainer container = containers.runtime.create(spec).start();
                Fd stdout = container.openStdout()) {
            container.pause();
            containers.drain(stdout);
            assertThat(container.isPaused()).isTrue();
            assertThat(containers.linux.events().poll(stdout, EventCalls.EPOLLIN, 100))
                    .isFalse();
            container.resume();
            assertThat(containers.linux.events().poll(stdout, EventCalls.EPOLLIN, 10_000))
                    .isTrue();
            container.kill();
            assertThat(containers.await(container).status()).isEqualTo(new ExitStatus(0, Sched.SIGKILL));
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void aContainerCanHaveATerminalThatAnotherEngineFindsToo() throws IOException {
        ProcessSpec base = ProcessSpec.of(List.of(
                "/bin/sh", "-c", "tty; read line; echo got $line; stty size; echo console > /dev/console; read end"));
        ProcessSpec process =
                new ProcessSpec(base.args(), base.env(), "/", base.user(), List.of(), true, List.of(), 0022);
        ContainerSpec spec = containers.spec(process).build();
        try (RunningContainer container = containers.runtime.create(spec).start()) {
            try (Fd terminal = container.openTerminal()) {
                new WindowSize(33, 99).set(containers.linux.files(), terminal);
            }
            try (RunningContainer found = containers.runtime.find(container.process(), spec.id(), spec.runDirectory());
                    Fd terminal = found.openTerminal()) {
                containers.linux.files().writeFully(terminal, "hello\n".getBytes(UTF_8));
                StringBuilder output = new StringBuilder();
                ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
                await().until(() -> {
                    containers.linux.files().read(terminal, buffer.clear());
                    output.append(UTF_8.decode(buffer.flip()));
                    return output.toString().contains("console");
                });
                assertThat(output.toString()).contains("/dev/pts/0", "got hello", "33 99");
                containers.linux.files().writeFully(terminal, "end\n".getBytes(UTF_8));
                assertThat(containers.await(container).status()).isEqualTo(new ExitStatus(0, 0));
            }
        }
        containers.runtime.delete(spec.id(), spec.runDirectory());
    }

    @Test
    void namespacesCanBeTheHostsOrThoseOfAnotherContainer() throws IOException {
        String script = "readlink /proc/self/ns/net /proc/self/ns/ipc /proc/self/ns/uts /proc/self/ns/pid";
        NamespaceSpec host = new NamespaceSpec(Namespace.host(), Namespace.host(), Namespace.host(), Namespace.host());
        String[] expected = new String[4];
        String[] names = {"net", "ipc", "uts", "pid"};
        for (int i = 0; i < names.length; i++) {
            expected[i] =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/" + names[i])).toString();
        }
        assertThat(containers
                        .run(script, spec -> spec.namespaces(host))
                        .stdout()
                        .lines())
                .containsExactly(expected);

        ContainerSpec other = containers.shell("while :; do sleep 1000; done").build();
        try (RunningContainer container = containers.runtime.create(other).start()) {
            int pid = container.process().pid();
            NamespaceSpec joined = new NamespaceSpec(
                    Namespace.ofProcess(pid),
                    Namespace.ofProcess(pid),
                    Namespace.ofProcess(pid),
                    Namespace.ofProcess(pid));
            for (int i = 0; i < names.length; i++) {
                expected[i] = Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/" + names[i]))
                        .toString();
            }
            assertThat(containers
                            .run(script, spec -> spec.namespaces(joined))
                            .stdout()
                            .lines())
                    .containsExactly(expected);
            container.kill();
            containers.await(container);
        }
        containers.runtime.delete(other.id(), other.runDirectory());
    }

    @Test
    void aLimitThatCannotBeHadIsAnErrorThatSaysSo() {
        ProcessSpec base = ProcessSpec.of(List.of("true"));
        long more = 1L << 40;
        ProcessSpec process = new ProcessSpec(
                base.args(),
                base.env(),
                "/",
                base.user(),
                List.of(),
                false,
                List.of(new Rlimit(Rlimit.Kind.NOFILE, more, more)),
                0022);

        assertThatThrownBy(() -> containers.run(containers.spec(process).build()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("set the limit NOFILE to 1099511627776:1099511627776: prlimit64(")
                .hasMessageEndingWith("Operation not permitted (EPERM 1)");
    }

    @Test
    void containersThatShareAnIpcNamespaceShareTheirMemoryFiles() throws IOException {
        ContainerSpec other = containers
                .shell("echo shared > /dev/shm/file; echo ready; while :; do sleep 1000; done")
                .build();
        try (RunningContainer container = containers.runtime.create(other).start();
                Fd stdout = container.openStdout()) {
            containers.linux.events().poll(stdout, EventCalls.EPOLLIN, 10_000);
            NamespaceSpec joined = new NamespaceSpec(
                    Namespace.own(),
                    Namespace.own(),
                    Namespace.ofProcess(container.process().pid()),
                    Namespace.own());

            assertThat(containers
                            .run("cat /dev/shm/file; ls -d /etc", spec -> spec.namespaces(joined))
                            .stdout())
                    .isEqualTo("shared\n/etc\n");
            container.kill();
            containers.await(container);
        }
        containers.runtime.delete(other.id(), other.runDirectory());
    }

    @Test
    void aProcessIsBornInAVersion2Cgroup() throws IOException {
        CgroupLayout here = CgroupLayout.detect();
        assumeTrue(here.unified() != null, "no cgroup2 file system is mounted");
        Cgroups unified = new Cgroups(
                containers.linux,
                new CgroupLayout(List.of(), here.unified()),
                "jcompose-test-v2-" + ProcessHandle.current().pid());
        ContainerRuntime runtime =
                new ContainerRuntime(containers.linux, containers.spawner, unified, TestContainers.BESIDE);
        ContainerSpec spec = containers
                .shell(
                        "grep ^0: /proc/self/cgroup; ls /sys/fs/cgroup | grep -c cgroup.procs; while :; do sleep 1000; done")
                .build();
        try (RunningContainer container = runtime.create(spec).start();
                Fd stdout = container.openStdout()) {
            assertThat(Files.readString(Path.of("/proc/" + container.process().pid() + "/cgroup")))
                    .contains(spec.id());
            assertThat(Files.readString(Path.of("/proc/" + container.process().monitorPid() + "/cgroup")))
                    .doesNotContain(spec.id());
            StringBuilder output = new StringBuilder();
            await().untilAsserted(() -> assertThat(
                            output.append(containers.drain(stdout)).toString())
                    .isEqualTo("0::/\n1\n"));
            container.kill();
            containers.await(container);
        }
        runtime.delete(spec.id(), spec.runDirectory());
        unified.removeParentIfEmpty();
    }

    @Test
    void noDescriptorOfTheEngineIsLost() throws IOException {
        containers.run("true");
        long before = descriptors();

        containers.run("true");
        assertThatThrownBy(() -> containers.run(
                        containers.spec(ProcessSpec.of(List.of("missing"))).build()))
                .isInstanceOf(LaunchException.class);
        containers.runtime.create(containers.shell("true").build()).abort();

        assertThat(descriptors()).isEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}

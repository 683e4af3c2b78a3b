package dev.jcompose.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.TestContainers.Outcome;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.ProcessSpec;
import dev.jcompose.runtime.container.Security;
import dev.jcompose.runtime.container.UserSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks that worked on other runtimes. */
@RequiresRoot
class SecurityIT {
    @TempDir
    Path directory;

    private TestContainers containers;
    private Path victim;

    @BeforeEach
    void open() throws IOException {
        containers = new TestContainers(directory);
        victim = Files.createDirectory(directory.resolve("victim"));
    }

    @AfterEach
    void close() throws IOException {
        containers.close();
    }

    @Test
    void anEntrypointThatRunsProcSelfExeGetsOnlyTheLaunchProgramAgain() throws IOException {
        Path script = containers.extraLayer.resolve("entry");
        Files.writeString(script, "#!/proc/self/exe\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

        Outcome outcome = containers.run(
                containers.spec(ProcessSpec.of(List.of("/entry"))).build());

        assertThat(outcome).as("it cannot clone into namespaces any more").isEqualTo(new Outcome(1, "", ""));
    }

    @Test
    void theProgramThatEntersTheContainerCannotBeWritten() throws IOException {
        ContainerSpec spec = containers.shell("true").build();
        CreatedContainer created = containers.runtime.create(spec);
        try {
            Path exe = Path.of("/proc/" + created.pid() + "/exe");
            assertThat(Files.readSymbolicLink(exe).toString()).startsWith("/memfd:jcompose-init");
            assertThatThrownBy(() -> Files.write(exe, new byte[] {0})).isInstanceOf(IOException.class);
        } finally {
            created.abort();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/proc/self/fd/3", "/proc/self/fd/5", "/proc/self/fd/100", "/proc/1/fd/6", "/proc/self/cwd"})
    void aWorkingDirectoryBehindAMagicLinkIsRefused(String cwd) {
        assertThatThrownBy(() -> containers.run(containers.spec(in(cwd)).build()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("working directory \"" + cwd + "\"");
    }

    @Test
    void aWorkingDirectoryThatIsALinkOfTheImageStaysInside() throws IOException {
        Files.createSymbolicLink(containers.extraLayer.resolve("workdir"), Path.of("/../../../etc"));

        assertThat(containers.run(containers.spec(in("/workdir")).build()).stdout())
                .isEqualTo("/etc\n");
    }

    private static ProcessSpec in(String cwd) {
        ProcessSpec base = ProcessSpec.of(List.of("/bin/pwd", "-P"));
        return new ProcessSpec(
                base.args(), base.env(), cwd, base.user(), List.of(), false, List.of(), ProcessSpec.DEFAULT_UMASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "proc", "sys"})
    void anImageWhoseKernelDirectoriesAreLinksIsRefusedAndTheirTargetUntouched(String name) throws IOException {
        Files.createSymbolicLink(containers.extraLayer.resolve(name), victim);

        assertThatThrownBy(() -> containers.run("true"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("/" + name + ": openat2(");
        assertThat(victim).isEmptyDirectory();
    }

    @Test
    void aMountTargetThatIsALinkLeadsIntoTheContainerOnly() throws IOException {
        Files.createSymbolicLink(containers.extraLayer.resolve("data"), Path.of("/../../../.." + victim));
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("file"), "hello\n");
        Files.createDirectories(containers.extraLayer.resolve(victim.toString().substring(1)));

        Outcome outcome = containers.run(
                "cat /data/file " + victim + "/file",
                spec -> spec.mounts(List.of(BindMount.of(source, "/data", false))));

        assertThat(outcome.stdout()).isEqualTo("hello\nhello\n");
        assertThat(victim).isEmptyDirectory();
    }

    @Test
    void aMountTargetBelowALinkToProcDoesNotReachProc() throws IOException {
        Files.createSymbolicLink(containers.extraLayer.resolve("trap"), Path.of("/proc"));
        Path source = Files.writeString(directory.resolve("source"), "fake\n");

        Outcome outcome = containers.run(
                "cut -d' ' -f1 /proc/version; ls /proc | grep -c planted",
                spec -> spec.mounts(List.of(
                        BindMount.of(source, "/trap/version", false), BindMount.of(source, "/trap/planted", false))));

        assertThat(outcome.stdout()).isEqualTo("Linux\n0\n");
    }

    @Test
    void aNullDeviceThatTheImageReplacedHidesNothingElse() throws IOException {
        Path dev = Files.createDirectory(containers.extraLayer.resolve("dev"));
        Files.createSymbolicLink(dev.resolve("null"), Path.of("/proc/sys/kernel/core_pattern"));

        Outcome outcome = containers.run("stat -c %t:%T /dev/null /proc/keys; wc -c < /proc/keys");

        assertThat(outcome.stdout()).isEqualTo("1:3\n1:3\n0\n");
    }

    @Test
    void noDescriptorOfTheEngineIsLeft() throws IOException {
        assertThat(containers.run("ls /proc/self/fd").stdout())
                .as("3 is the directory that ls reads")
                .isEqualTo("0\n1\n2\n3\n");
    }

    @Test
    void rootHasElevenCapabilitiesAndNoneInheritable() throws IOException {
        assertThat(containers.run("grep Cap /proc/self/status").stdout()).isEqualTo("""
                        CapInh:\t0000000000000000
                        CapPrm:\t00000000800405fb
                        CapEff:\t00000000800405fb
                        CapBnd:\t00000000800405fb
                        CapAmb:\t0000000000000000
                        """);
    }

    @Test
    void anotherUserHasNoCapabilities() throws IOException {
        ProcessSpec base =
                ProcessSpec.of(List.of("/bin/sh", "-c", "grep -E 'Cap(Inh|Prm|Eff|Amb)' /proc/self/status; id"));
        ProcessSpec process = new ProcessSpec(
                base.args(), base.env(), "/", UserSpec.parse("nobody:4"), List.of("24"), false, List.of(), 0022);

        assertThat(containers.run(containers.spec(process).build()).stdout()).isEqualTo("""
                        CapInh:\t0000000000000000
                        CapPrm:\t0000000000000000
                        CapEff:\t0000000000000000
                        CapAmb:\t0000000000000000
                        uid=65534(nobody) gid=4(adm) groups=4(adm),24(cdrom)
                        """);
    }

    @Test
    void anotherUserCanOpenItsStandardOutputAgain() throws IOException {
        ProcessSpec base = ProcessSpec.of(
                List.of("/bin/sh", "-c", "echo out > /dev/stdout; echo err > /dev/stderr; echo x > /dev/null"));
        ProcessSpec process = new ProcessSpec(
                base.args(), base.env(), "/", UserSpec.parse("1234"), List.of(), false, List.of(), 0022);

        assertThat(containers.run(containers.spec(process).build())).isEqualTo(new Outcome(0, "out\n", "err\n"));
    }

    @Test
    void capabilitiesCanBeAddedAndDropped() throws IOException {
        Security security = new Security(
                false,
                Set.of("NET_RAW"),
                Set.of("ALL"),
                Security.DEFAULTS.seccomp(),
                true,
                Security.MASKED_PATHS,
                Security.READONLY_PATHS);

        assertThat(containers
                        .run("grep -E 'CapEff|NoNew|Seccomp:' /proc/self/status", spec -> spec.security(security))
                        .stdout())
                .isEqualTo("CapEff:\t0000000000002000\nNoNewPrivs:\t1\nSeccomp:\t2\n");
    }

    @Test
    void kernelFilesAreHiddenOrReadOnly() throws IOException {
        Outcome outcome = containers.run("ls -A /sys/firmware /proc/acpi; wc -c < /proc/interrupts; wc -c < /proc/keys;"
                + " echo 1 > /proc/sys/kernel/core_uses_pid; touch /sys/x; mkdir /sys/fs/cgroup/x");

        assertThat(outcome.stdout()).endsWith("0\n0\n").doesNotContain("memmap", "tables");
        assertThat(outcome.stderr().lines().filter(line -> line.contains("Read-only file system")))
                .hasSize(3);
    }

    @Test
    void itSeesOnlyItsOwnCgroupAndNoPathOfTheHost() throws IOException {
        Outcome outcome = containers.run(
                "cat /proc/self/mountinfo; cat /sys/fs/cgroup/cgroup.procs /sys/fs/cgroup/pids/cgroup.procs 2>/dev/null | head -1");

        assertThat(outcome.stdout()).doesNotContain(directory.toString()).endsWith("\n1\n");
    }

    @Test
    void aDeviceThatWasNotGivenCannotBeUsed() throws IOException {
        Security security = new Security(
                false, Set.of("MKNOD"), Set.of(), Security.DEFAULTS.seccomp(), false, List.of(), List.of());

        Outcome outcome = containers.run(
                "mknod /dev/mem2 c 1 1; mknod /dev/null2 c 1 3 && echo made; head -c1 /dev/mem2",
                spec -> spec.security(security));

        assertThat(outcome.stdout()).isEqualTo("made\n");
        assertThat(outcome.stderr()).contains("mknod: /dev/mem2: Operation not permitted");
    }

    @Test
    void aFifoAsPasswdFileDoesNotStopTheEngine() throws IOException {
        Path etc = Files.createDirectory(containers.extraLayer.resolve("etc"));
        containers.linux.files().mknodat(null, etc.resolve("passwd").toString(), 0x1000 | 0644, 0, 0);

        assertThat(containers.run("echo runs").stdout()).isEqualTo("runs\n");
    }

    @Test
    void aPasswdFileThatLinksToTheHostIsLookedUpInTheImage() throws IOException {
        Path etc = Files.createDirectory(containers.extraLayer.resolve("etc"));
        Path hostFile = Files.writeString(victim.resolve("passwd"), "secret:x:77:77::/:/bin/sh\n", UTF_8);
        Files.createSymbolicLink(etc.resolve("passwd"), hostFile);
        ProcessSpec process = new ProcessSpec(
                List.of("true"), List.of(), "/", UserSpec.parse("secret"), List.of(), false, List.of(), 0022);

        assertThatThrownBy(() -> containers.run(containers.spec(process).build()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no user \"secret\"");
    }
}

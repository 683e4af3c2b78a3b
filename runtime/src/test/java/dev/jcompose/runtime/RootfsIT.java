package dev.jcompose.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.testing.HostSnapshot;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.DeviceSpec;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.MountSpec.TmpfsMount;
import dev.jcompose.runtime.container.ProcessSpec;
import dev.jcompose.runtime.container.Resources;
import dev.jcompose.runtime.container.RootfsSpec;
import dev.jcompose.runtime.container.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class RootfsIT {
    @TempDir
    Path directory;

    private TestContainers containers;

    @BeforeEach
    void open() throws IOException {
        containers = containers(directory);
    }

    TestContainers containers(Path place) throws IOException {
        return new TestContainers(place);
    }

    @AfterEach
    void close() throws IOException {
        containers.close();
    }

    @Test
    void whatItWritesGoesIntoTheUpperDirectoryOnly() throws IOException {
        ContainerSpec spec =
                containers.shell("echo x > /etc/new-file; ls /home /root /run").build();

        assertThat(containers.run(spec).stdout()).isEqualTo("/home:\n\n/root:\n\n/run:\n");
        assertThat(spec.rootfs().upper().resolve("etc/new-file")).hasContent("x\n");
        assertThat(Path.of("/etc/new-file")).doesNotExist();
    }

    @Test
    void moreLayersThanTheirPathsWouldFitIntoMountOptionsAreMounted() throws IOException {
        List<Path> layers = new ArrayList<>(List.of(Path.of("/")));
        Path store = Files.createDirectories(directory.resolve("store-with-a-name:that,needs\\escaping"));
        for (int i = 0; i < 120; i++) {
            Path layer = Files.createDirectory(store.resolve("layer-with-a-long-name-like-a-sha256-digest-" + i));
            Files.writeString(layer.resolve("layer"), i + "\n");
            layers.add(layer);
        }
        Path own = directory.resolve("own");
        RootfsSpec rootfs =
                new RootfsSpec(layers, own.resolve("upper"), own.resolve("work"), own.resolve("root"), false);
        ContainerSpec spec = ContainerSpec.builder(
                        "layers", own.resolve("run"), rootfs, ProcessSpec.of(List.of("cat", "/layer")))
                .build();

        assertThat(containers.run(spec).stdout()).isEqualTo("119\n");
    }

    @Test
    void itsMountsTellNothingOfTheHostsDirectories() throws IOException {
        TestContainers.Outcome outcome = containers.run("cat /proc/self/mounts");

        assertThat(outcome.stdout()).startsWith("overlay / overlay rw").doesNotContain(directory.toString());
    }

    @Test
    void aLayerThatIsNotThereIsNamed() throws IOException {
        Path own = Files.createDirectory(directory.resolve("own"));
        Path missing = directory.resolve("missing");
        RootfsSpec rootfs =
                new RootfsSpec(List.of(missing), own.resolve("upper"), own.resolve("work"), own.resolve("root"), false);
        ContainerSpec spec = ContainerSpec.builder(
                        "incomplete", own.resolve("run"), rootfs, ProcessSpec.of(List.of("/bin/true")))
                .build();

        assertThatThrownBy(() -> containers.runtime.create(spec).start())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("incomplete")
                .hasMessageContaining(missing.toString());
        assertThat(own.resolve("run").resolve("stdout")).doesNotExist();
    }

    @Test
    void aReadOnlyRootCannotBeWrittenButMountsCan() throws IOException {
        ContainerSpec.Builder shell =
                containers.shell("touch /x /tmp/x /dev/shm/x; mkdir /new-directory; ls /tmp; pwd");
        ContainerSpec base = shell.mounts(List.of(TmpfsMount.of("/tmp"))).build();
        RootfsSpec rootfs = new RootfsSpec(
                base.rootfs().lowerDirectories(),
                base.rootfs().upper(),
                base.rootfs().work(),
                base.rootfs().mountPoint(),
                true);
        ContainerSpec spec = ContainerSpec.builder(base.id(), base.runDirectory(), rootfs, base.process())
                .mounts(base.mounts())
                .build();

        TestContainers.Outcome outcome = containers.run(spec);

        assertThat(outcome.stdout()).isEqualTo("x\n/\n");
        assertThat(outcome.stderr()).contains("'/x': Read-only file system", "'/new-directory': Read-only file system");
    }

    @Test
    void bindMountsOfDirectoriesAndFilesAreMadeWithTheirTargets() throws IOException {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path file = Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.11\n");
        List<MountSpec> mounts = List.of(
                BindMount.of(file, "/etc/resolv.conf", true),
                BindMount.of(source, "/a/b/data", false),
                BindMount.of(file, "/a/b/data/file", false));

        TestContainers.Outcome outcome = containers.run(
                "cat /etc/resolv.conf /a/b/data/file; echo y > /a/b/data/out; echo z > /etc/resolv.conf",
                spec -> spec.mounts(mounts));

        assertThat(outcome.stdout()).isEqualTo("nameserver 127.0.0.11\nnameserver 127.0.0.11\n");
        assertThat(outcome.stderr()).contains("/etc/resolv.conf: Read-only file system");
        assertThat(source.resolve("out")).hasContent("y\n");
    }

    @Test
    @RequiresRoot(namespaces = true)
    void aReadOnlyBindMountIsReadOnlyBelowToo() throws IOException {
        Path source = directory.resolve("source");
        Files.createDirectories(source.resolve("below"));
        containers.linux.mounts().mount("tmpfs", source.resolve("below").toString(), "tmpfs", 0, null);
        try {
            TestContainers.Outcome outcome = containers.run(
                    "touch /data/x /data/below/x", spec -> spec.mounts(List.of(BindMount.of(source, "/data", true))));

            assertThat(outcome.stderr().lines()).hasSize(2).allMatch(line -> line.endsWith("Read-only file system"));
        } finally {
            containers.linux.mounts().umount2(source.resolve("below").toString(), 0);
        }
    }

    @Test
    void tmpfsHasTheGivenSizeModeAndOwner() throws IOException {
        TmpfsMount mount = new TmpfsMount("/scratch", 1 << 20, 0750, 5, 6, false, true);

        assertThat(containers
                        .run(
                                "stat -c '%a %u %g' /scratch; grep -o 'size=1024k' /proc/mounts",
                                spec -> spec.mounts(List.of(mount)))
                        .stdout())
                .isEqualTo("750 5 6\nsize=1024k\n");
    }

    @Test
    void devHasTheUsualNodesAndLinksAndTheGivenOnes() throws IOException {
        TestContainers.Outcome outcome = containers.run(
                "ls -1 /dev | tr '\\n' ' '; stat -c ' %a %t:%T' /dev/null; stat -c '%a %u %t:%T' /dev/sub/zero2; stat -f -c %b /dev/shm",
                spec -> spec.devices(List.of(new DeviceSpec("/dev/sub/zero2", false, 1, 5, 0600, 7, 0)))
                        .shmSizeBytes(1 << 20));

        assertThat(outcome.stdout())
                .isEqualTo("core fd full mqueue null ptmx pts random shm stderr stdin stdout sub tty urandom zero"
                        + "  666 1:3\n600 7 1:5\n256\n");
    }

    @Test
    void hostNameSysctlsLimitsAndUmaskAreSet() throws IOException {
        ProcessSpec process = new ProcessSpec(
                List.of("/bin/sh", "-c", "hostname; cat /proc/sys/net/core/somaxconn; umask; ulimit -n"),
                List.of("PATH=/bin:/usr/bin"),
                "/new/working/directory",
                ProcessSpec.of(List.of("x")).user(),
                List.of(),
                false,
                List.of(),
                0027);

        assertThat(containers
                        .run(containers
                                .spec(process)
                                .hostname("box")
                                .sysctls(Map.of("net.core.somaxconn", "77"))
                                .build())
                        .stdout())
                .isEqualTo("box\n77\n0027\n1024\n");
    }

    @Test
    void aSysctlOfTheHostIsRefused() {
        assertThatThrownBy(() -> containers.run("true", spec -> spec.sysctls(Map.of("kernel.panic", "1"))))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("sysctl \"kernel.panic\" is not in a namespace of the container's own");
    }

    @Test
    void privilegedMeansDevicesAndWritableKernelFiles() throws IOException {
        TestContainers.Outcome outcome = containers.run(
                "mount -t tmpfs t /mnt && echo mounted; mknod /tmp/m c 1 1 && echo made; grep Seccomp: /proc/self/status;"
                        + " touch /proc/sys/kernel/core_pattern && echo writable",
                spec -> spec.security(Security.PRIVILEGED));

        assertThat(outcome.stdout()).isEqualTo("mounted\nmade\nSeccomp:\t0\nwritable\n");
    }

    @Test
    void nothingIsLeftOnTheHost() throws IOException {
        HostSnapshot before = HostSnapshot.take();

        containers.run("sleep 60 & echo started", spec -> spec.resources(pids(50)));

        containers.cgroups.removeParentIfEmpty();
        before.awaitNothingAdded();
    }

    private static Resources pids(long limit) {
        return new Resources(null, null, null, null, null, null, null, null, limit, null, List.of());
    }
}

package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rarer options of mounts, seen from inside a container. */
@RequiresRoot
class MountOptionsIT extends EngineScenario {

    @Test
    void whatIsMountedBelowASourceComesAlongAsItIsTold() throws Exception {
        Path outer = directory().resolve("outer");
        Files.createDirectories(outer.resolve("inner"));
        run("mount", "-t", "tmpfs", "none", outer.resolve("inner").toString());
        try {
            Files.writeString(outer.resolve("inner/file"), "below");
            up("""
                    services:
                      web:
                        image: localhost/host
                        command: sleep 1000
                        volumes:
                          - {type: bind, source: ./outer, target: /usual}
                          - {type: bind, source: ./outer, target: /alone, bind: {recursive: disabled}}
                          - {type: bind, source: ./outer, target: /locked, read_only: true, bind: {recursive: readonly}}
                          - {type: bind, source: ./outer, target: /half, read_only: true, bind: {recursive: writable}}
                    """);
            assertThat(exec("cat /usual/inner/file")).isEqualTo("0: below");
            assertThat(exec("ls /alone/inner")).isEqualTo("0: ");
            assertThat(exec("touch /locked/inner/x")).contains("Read-only file system");
            assertThat(exec("touch /half/x")).contains("Read-only file system");
            assertThat(exec("touch /half/inner/x")).isEqualTo("0: ");
        } finally {
            engine().down();
            run("umount", outer.resolve("inner").toString());
        }
    }

    @Test
    void aMountThatTheHostMakesLaterAppearsWherePropagationIsAskedFor() throws Exception {
        Path source = directory().resolve("shared");
        Files.createDirectories(source.resolve("later"));
        run("mount", "--bind", source.toString(), source.toString());
        run("mount", "--make-shared", source.toString());
        try {
            up("""
                    services:
                      web:
                        image: localhost/host
                        command: sleep 1000
                        volumes:
                          - {type: bind, source: ./shared, target: /slave, bind: {propagation: rslave}}
                          - {type: bind, source: ./shared, target: /private}
                    """);
            run("mount", "-t", "tmpfs", "none", source.resolve("later").toString());
            Files.writeString(source.resolve("later/file"), "new");
            assertThat(exec("cat /slave/later/file")).isEqualTo("0: new");
            assertThat(exec("cat /private/later/file")).startsWith("1: ");
        } finally {
            engine().down();
            run("umount", "-R", source.toString());
        }
    }

    @Test
    void aVolumeIsFilledFromTheImageUnlessNocopySaysNot() throws Exception {
        byte[] tar = new ImageTar("localhost/filled")
                .layer(new LayerTar()
                        .directory("srv/")
                        .file("srv/file", "of the image")
                        .bytes())
                .ociLayout();
        engine().engine().images().load(new ByteArrayInputStream(tar));
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    volumes: ["copied:/copied", "empty:/empty"]
                  filler:
                    image: localhost/filled
                    command: [/nothing]
                    scale: 0
                volumes: {copied: {}, empty: {}}
                """);
        engine().down();
        assertThatThrownBy(() -> up("""
                        services:
                          filler:
                            image: localhost/filled
                            command: [/nothing]
                            volumes:
                              - copied:/srv
                              - {type: volume, source: empty, target: /srv/deep/er, volume: {nocopy: true}}
                        volumes: {copied: {}, empty: {}}
                        """)).hasMessageContaining("/nothing");
        assertThat(data("p_copied").resolve("file")).hasContent("of the image");
        assertThat(data("p_empty")).isEmptyDirectory();
    }

    @Test
    void aFileWithAFileSystemIsAVolume() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
        assumeTrue(Files.readString(Path.of("/proc/filesystems")).contains("\text4\n"), "needs ext4 in the kernel");
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/mkfs.ext4")), "needs mkfs.ext4");
        Path file = directory().resolve("disk.img");
        run("truncate", "-s", "4M", file.toString());
        run("mkfs.ext4", "-q", file.toString());
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, volumes: ["disk:/disk"]}
                volumes:
                  disk: {driver_opts: {type: ext4, device: %s, o: "loop,noatime"}}
                """.formatted(file));
        assertThat(exec("echo hi >/disk/file; stat -f -c %T /disk")).isEqualTo("0: ext2/ext3\n");
        engine().engine().projects().stop(TestEngine.services("web"), engine().listener());
        engine().engine().projects().start(TestEngine.services("web"), engine().listener());
        assertThat(exec("cat /disk/file")).isEqualTo("0: hi\n");
    }

    @Test
    void whereTheKernelHasNoNfsTheErrorHasTheOptions() throws Exception {
        assumeFalse(Files.readString(Path.of("/proc/filesystems")).contains("\tnfs\n"), "the kernel has nfs");
        assertThatThrownBy(() -> up("""
                        services:
                          web: {image: localhost/host, command: sleep 1000, volumes: ["far:/far"]}
                        volumes:
                          far: {driver_opts: {type: nfs, device: ":/export", o: "addr=localhost,nfsvers=4,ro"}}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("cannot mount volume 'p_far'", ":/export", "nfs", "addr=127.0.0.1,nfsvers=4");
    }

    @Test
    void lettersForSelinuxMakeNoDifferenceWhereThereIsNone() throws Exception {
        assumeFalse(Files.exists(Path.of("/sys/fs/selinux/enforce")), "SELinux is here");
        Files.createDirectory(directory().resolve("labelled"));
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, volumes: ["./labelled:/one:z", "./labelled:/two:ro,Z"]}
                """);
        assertThat(exec("touch /one/file && ls /two")).isEqualTo("0: file\n");
        assertThat(engine().events()).noneMatch(event -> event.contains("selinux"));
    }

    @Test
    void downWithVolumesRemovesOnlyWhatTheProjectMade() throws Exception {
        var volumes = engine().engine().volumes();
        volumes.create("outside", "local", Map.of(), Map.of());
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    volumes: ["own:/own", "outside:/outside", "/anonymous", "named:/named"]
                volumes: {own: {}, named: {name: it-named}, outside: {external: true}}
                """);
        assertThat(names(volumes.list()))
                .contains("p_own", "it-named", "outside")
                .hasSize(4);
        engine().down();
        assertThat(names(volumes.list())).containsExactly("outside");
        volumes.remove("outside", false);
        assertThatThrownBy(() -> up("""
                        services:
                          web: {image: localhost/host, command: sleep 1000, volumes: ["outside:/outside"]}
                        volumes: {outside: {external: true}}
                        """)).hasMessageContaining("outside");
    }

    private static List<String> names(List<VolumeSummary> volumes) {
        return volumes.stream().map(VolumeSummary::name).toList();
    }

    private Path data(String volume) {
        return directory().resolve("data/volumes").resolve(volume).resolve("_data");
    }

    private String exec(String script) {
        return engine().exec("p-web-1", "sh", "-c", script);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}

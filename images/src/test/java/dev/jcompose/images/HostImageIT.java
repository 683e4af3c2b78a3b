package dev.jcompose.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.images.store.Temporaries;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mounts the built-in image as a container does, on the host's own root file system. */
@RequiresRoot(namespaces = true)
class HostImageIT {
    private final Linux linux = Linux.load();

    private Path data;
    private ImageStore store;

    @BeforeEach
    void open() throws IOException {
        // Not the usual temporary directory: that may be a tmpfs, or be hidden anyway.
        data = Files.createTempDirectory(Path.of("/var"), "jcompose-host-image");
        store = ImageStore.open(linux, data.resolve("images"), List.of(data));
    }

    @AfterEach
    void remove() throws IOException {
        store.close();
        new TreeRemoval(linux).remove(data);
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectory(data.resolve(name));
    }

    private void overlay(String lower, Path upper, Path work, Path target) throws IOException {
        linux.mounts()
                .mount(
                        "overlay",
                        target.toString(),
                        "overlay",
                        0,
                        "lowerdir=" + lower + ",upperdir=" + upper + ",workdir=" + work);
    }

    private Path mounted() throws IOException {
        Image image = store.find(ImageReference.parse("localhost/host")).orElseThrow();
        assertThat(image.layers()).hasSize(2).first().isEqualTo(Path.of("/"));
        Path mask = image.layers().get(1);
        Path upper = directory("upper");
        Path work = directory("work");
        Path target = directory("root");
        try {
            overlay(mask + ":/", upper, work, target);
            return target;
        } catch (ErrnoException e) {
            assertThat(e.is(Errno.ELOOP)).as("%s", e.getMessage()).isTrue();
        }
        linux.mounts().mount("tmpfs", target.toString(), "tmpfs", 0, null);
        Path empty = Files.createDirectory(target.resolve("empty"));
        Path host = Files.createDirectory(target.resolve("host"));
        linux.mounts().mount("overlay", host.toString(), "overlay", 0, "lowerdir=" + empty + ":/");
        overlay(mask + ":" + host, upper, work, target);
        return target;
    }

    @Test
    void showsTheHostsProgramsAndNothingThatIsPrivate() throws IOException {
        Path root = mounted();
        try {
            assertThat(root.resolve("usr/bin/env")).isExecutable();
            for (String name : List.of("proc", "sys", "dev", "run", "tmp", "home", "root")) {
                assertThat(root.resolve(name)).as(name).isEmptyDirectory();
            }
            assertThat(Path.of(root + data.toString())).isEmptyDirectory();
            assertThat(root.resolve("etc/resolv.conf")).isRegularFile().isEmptyFile();
            assertThat(Files.isSymbolicLink(root.resolve("etc/resolv.conf"))).isFalse();
            assertThat(Files.readSymbolicLink(root.resolve("etc/mtab"))).hasToString("../proc/self/mounts");
            assertThat(root.resolve("etc/passwd")).hasSameTextualContentAs(Path.of("/etc/passwd"));
            assertThat(Files.readAllLines(root.resolve("etc/shadow")))
                    .hasSameSizeAs(Files.readAllLines(Path.of("/etc/passwd")))
                    .allMatch(line -> line.endsWith(":*:::::::"));
            assertThat(mode(root.resolve("root"))).isEqualTo("rwx------");
            assertThat(mode(root.resolve("etc"))).isEqualTo(mode(Path.of("/etc")));
            assertThat(mode(root.resolve("var"))).isEqualTo(mode(Path.of("/var")));
            assertThat(Files.getAttribute(root.resolve("tmp"), "unix:mode")).isEqualTo(041777);
        } finally {
            unmount(root);
        }
    }

    @Test
    void canBeWrittenToWithoutTouchingTheHost() throws IOException {
        Path root = mounted();
        try {
            Files.delete(root.resolve("usr/bin/env"));
            Files.writeString(root.resolve("etc/jcompose-test"), "x");
            Files.move(root.resolve("etc/group"), root.resolve("etc/group2"));
            assertThat(root.resolve("usr/bin/env")).doesNotExist();
            assertThat(Path.of("/usr/bin/env")).exists();
            assertThat(Path.of("/etc/jcompose-test")).doesNotExist();
            assertThat(root.resolve("etc/group")).doesNotExist();
            assertThat(Path.of("/etc/group")).exists();
        } finally {
            unmount(root);
        }
    }

    @Test
    void theMaskIsMadeOnceAndAnewWhenTheHostHasChanged() throws IOException {
        Path host = directory("host");
        Files.createDirectory(host.resolve("etc"));
        Files.writeString(host.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\n");
        Files.writeString(host.resolve("etc/shadow"), "root:$6$secret:1:0:::::\n");
        Files.createDirectories(host.resolve("var/home/me"));
        Files.createSymbolicLink(host.resolve("home"), Path.of("var/home"));
        Files.createDirectories(host.resolve("etc/ssh"));
        Files.writeString(host.resolve("etc/ssh/ssh_host_rsa_key"), "secret");
        Temporaries temporaries = new Temporaries(data.resolve("t"), new TreeRemoval(linux));
        HostMask mask = new HostMask(linux, host.toRealPath(), data.resolve("masks"), temporaries, List.of());
        Path first = mask.directory();
        assertThat(mask.directory()).isEqualTo(first);
        assertThat(first.resolve("etc/shadow")).hasContent("root:*:::::::");
        assertThat(first.resolve("var/home")).as("what /home points to").isEmptyDirectory();
        assertThat(Files.getAttribute(first.resolve("etc/ssh/ssh_host_rsa_key"), "unix:rdev"))
                .isEqualTo(0L);
        Files.writeString(host.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nme:x:1:1::/:/bin/sh\n");
        assertThat(mask.directory()).isNotEqualTo(first);
        assertThat(first).as("containers may still use it").exists();
        assertThat(data.resolve("t")).isEmptyDirectory();
    }

    @Test
    void aFileSystemMountedAtASystemDirectoryIsNamed() throws IOException {
        assertThat(store.host().mountsBelow()).doesNotContain(Path.of("/opt"));
        linux.mounts().mount("tmpfs", "/opt", "tmpfs", 0, null);
        assertThat(store.host().mountsBelow()).contains(Path.of("/opt"));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private void unmount(Path root) throws IOException {
        linux.mounts().umount2(root.toString(), 0);
        linux.mounts().umount2(root.toString(), Mount.MNT_DETACH);
    }
}

package dev.jcompose.volumes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.linux.overlay.Whiteout;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class VolumeFillIT {
    private static final long MTIME = 1_000_000_000;

    private final Linux linux = Linux.load();
    private final VolumeFill fill = new VolumeFill(linux);

    @TempDir
    Path directory;

    private Path lower;
    private Path upper;
    private Volume volume;
    private long descriptors;

    @BeforeEach
    void makeLayersAndVolume() throws IOException {
        lower = Files.createDirectory(directory.resolve("lower"));
        upper = Files.createDirectory(directory.resolve("upper"));
        volume = new VolumeStore(linux, directory.resolve("volumes")).create("data", VolumeOptions.DEFAULT);
        descriptors = openDescriptors();
    }

    @AfterEach
    void noDescriptorIsLeftOpen() throws IOException {
        assertThat(openDescriptors()).isEqualTo(descriptors);
    }

    /** Of files in the test's directory: the JVM opens others when it likes. */
    private long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(path -> path.toFile().exists())
                    .filter(this::isOurs)
                    .count();
        }
    }

    private boolean isOurs(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private boolean fillFrom(String path) throws IOException {
        return fill.fill(volume, List.of(lower, upper), path);
    }

    private Stat stat(Path path) throws IOException {
        return linux.files().statx(null, path.toString(), Fcntl.AT_SYMLINK_NOFOLLOW);
    }

    private Path own(Path path, int uid, int mode) throws IOException {
        linux.files().fchownat(null, path.toString(), uid, uid + 1, 0);
        linux.files().fchmodat(null, path.toString(), mode);
        linux.files().utimensat(null, path.toString(), MTIME, 5, 0);
        return path;
    }

    @Test
    void anEmptyDirectoryOfTheImageGivesItsOwnerModeAndTime() throws IOException {
        own(Files.createDirectories(lower.resolve("var/lib/db")), 70, 01770);
        assertThat(fillFrom("/var/lib/db")).isTrue();
        Stat stat = stat(volume.data());
        assertThat(stat.uid()).isEqualTo(70);
        assertThat(stat.gid()).isEqualTo(71);
        assertThat(stat.permissions()).isEqualTo(01770);
        assertThat(stat.mtimeSeconds()).isEqualTo(MTIME);
        assertThat(volume.data()).isEmptyDirectory();
    }

    @Test
    void everythingIsCopiedAsTheImageShowsIt() throws IOException {
        Path below = Files.createDirectories(lower.resolve("data/sub"));
        own(Files.writeString(below.resolve("file"), "content"), 1000, 04750);
        Files.createLink(below.resolve("hard"), below.resolve("file"));
        Files.createSymbolicLink(below.resolve("link"), Path.of("/etc/passwd"));
        linux.files().mknodat(null, below.resolve("fifo").toString(), Fcntl.S_IFIFO | 0620, 0, 0);
        linux.files().fchmodat(null, below.resolve("fifo").toString(), 0620);
        linux.files().mknodat(null, below.resolve("null").toString(), Fcntl.S_IFCHR | 0666, 1, 3);
        linux.files().lsetxattr(below.resolve("file").toString(), "user.note", "hello".getBytes(UTF_8));
        Files.writeString(lower.resolve("data/replaced"), "old");
        Files.writeString(lower.resolve("data/gone"), "x");
        Files.createDirectories(lower.resolve("data/opaque/old"));
        Files.createDirectory(upper.resolve("data"));
        Files.writeString(upper.resolve("data/replaced"), "new");
        linux.files().mknodat(null, upper.resolve("data/gone").toString(), Fcntl.S_IFCHR, 0, 0);
        Files.createDirectory(upper.resolve("data/opaque"));
        try (Fd opaque = linux.files().openat(null, upper.resolve("data/opaque").toString(), Fcntl.O_RDONLY, 0)) {
            Whiteout.setOpaque(linux, opaque);
        }
        own(upper.resolve("data"), 5, 0711);
        own(below, 6, 0700);

        assertThat(fillFrom("data")).isTrue();

        Path data = volume.data();
        assertThat(stat(data).uid()).isEqualTo(5);
        assertThat(stat(data.resolve("sub")).uid()).isEqualTo(6);
        assertThat(stat(data.resolve("sub")).mtimeSeconds()).isEqualTo(MTIME);
        assertThat(data.resolve("sub/file")).hasContent("content");
        assertThat(stat(data.resolve("sub/file")).permissions()).isEqualTo(04750);
        assertThat(stat(data.resolve("sub/file")).uid()).isEqualTo(1000);
        assertThat(stat(data.resolve("sub/file")).mtimeSeconds()).isEqualTo(MTIME);
        assertThat(stat(data.resolve("sub/hard")).inode())
                .isEqualTo(stat(data.resolve("sub/file")).inode());
        assertThat(linux.files().lgetxattr(data.resolve("sub/file").toString(), "user.note"))
                .isEqualTo("hello".getBytes(UTF_8));
        assertThat(Files.readSymbolicLink(data.resolve("sub/link"))).hasToString("/etc/passwd");
        assertThat(stat(data.resolve("sub/fifo")).isType(Fcntl.S_IFIFO)).isTrue();
        assertThat(stat(data.resolve("sub/fifo")).permissions()).isEqualTo(0620);
        assertThat(stat(data.resolve("sub/null")).rdevMinor()).isEqualTo(3);
        assertThat(data.resolve("replaced")).hasContent("new");
        assertThat(data.resolve("gone")).doesNotExist();
        assertThat(data.resolve("opaque")).isEmptyDirectory();
        assertThat(linux.files().llistxattr(data.resolve("opaque").toString())).isEmpty();
        try (Stream<Path> names = Files.list(data)) {
            assertThat(names.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("sub", "replaced", "opaque");
        }
    }

    @Test
    void aVolumeWithAnythingInItIsLeftAlone() throws IOException {
        own(Files.createDirectories(lower.resolve("data/image")), 7, 0700);
        Files.writeString(volume.data().resolve("mine"), "x");
        assertThat(fillFrom("/data")).isFalse();
        assertThat(stat(volume.data()).uid()).isZero();
        assertThat(volume.data().resolve("image")).doesNotExist();
    }

    @Test
    void aPathThatTheImageDoesNotHaveOrThatIsAFileLeavesTheVolumeAsItIs() throws IOException {
        Files.writeString(lower.resolve("file"), "x");
        assertThat(fillFrom("/nowhere")).isFalse();
        assertThat(fillFrom("/file")).isFalse();
        assertThat(fillFrom("/file/below")).isFalse();
        assertThat(volume.data()).isEmptyDirectory();
    }

    @Test
    void aSymbolicLinkOfTheImageIsFollowedInsideTheImageOnly() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "x");
        Files.createSymbolicLink(lower.resolve("evil"), outside);
        Files.createDirectories(lower.resolve("real"));
        Files.writeString(lower.resolve("real/x"), "inside");
        Files.createSymbolicLink(upper.resolve("link"), Path.of("/real"));
        assertThat(fillFrom("/evil")).isFalse();
        assertThat(volume.data()).isEmptyDirectory();
        assertThat(fillFrom("/link")).isTrue();
        assertThat(volume.data().resolve("x")).hasContent("inside");
    }

    @Test
    void aFillingThatACrashInterruptedIsTakenUpAgain() throws IOException {
        Files.createDirectories(lower.resolve("data/sub"));
        Files.writeString(lower.resolve("data/done"), "image");
        Files.writeString(lower.resolve("data/sub/missing"), "image");
        own(lower.resolve("data"), 9, 0750);
        Files.createDirectory(volume.data().resolve(TreeCopy.WORK));
        Files.writeString(volume.data().resolve(TreeCopy.WORK + "/file"), "half");
        Files.writeString(volume.data().resolve("done"), "already changed");
        assertThat(fillFrom("/data")).isTrue();
        assertThat(volume.data().resolve("done")).hasContent("already changed");
        assertThat(volume.data().resolve("sub/missing")).hasContent("image");
        assertThat(volume.data().resolve(TreeCopy.WORK)).doesNotExist();
        assertThat(stat(volume.data()).uid()).isEqualTo(9);
        assertThat(fillFrom("/data")).isFalse();
    }

    @Test
    void contentIsCopiedAlsoBetweenFileSystems() throws IOException {
        // Temporary directories are elsewhere.
        Path shm = Files.createTempDirectory(Path.of("/dev/shm"), "jcompose-fill");
        try {
            Files.createDirectory(shm.resolve("data"));
            byte[] large = new byte[3_000_000];
            large[2_999_999] = 42;
            Files.write(shm.resolve("data/large"), large);
            assertThat(fill.fill(volume, List.of(shm), "data")).isTrue();
            assertThat(volume.data().resolve("large")).hasBinaryContent(large);
        } finally {
            new TreeRemoval(linux).remove(shm);
        }
    }
}

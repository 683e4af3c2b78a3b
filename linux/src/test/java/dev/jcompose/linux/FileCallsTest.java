package dev.jcompose.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCallsTest {
    private final Linux linux = Linux.load();

    @TempDir
    Path directory;

    @Test
    void writesAndReadsAFile() throws IOException {
        String path = directory.resolve("file").toString();
        try (Fd fd = linux.files().openat(null, path, Fcntl.O_WRONLY | Fcntl.O_CREAT, 0600)) {
            linux.files().writeFully(fd, "hello".getBytes(UTF_8));
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(16);
        try (Fd fd = linux.files().openat(null, path, Fcntl.O_RDONLY, 0)) {
            assertThat(linux.files().read(fd, bytes)).isEqualTo(5);
        }
        assertThat(UTF_8.decode(bytes.flip()).toString()).isEqualTo("hello");
    }

    @Test
    void piecesAreReadAndWrittenWhereTheBufferStands() throws IOException {
        String path = directory.resolve("file").toString();
        ByteBuffer bytes = ByteBuffer.allocateDirect(16).put("..hello".getBytes(UTF_8));
        bytes.flip().position(2);
        try (Fd fd = linux.files().openat(null, path, Fcntl.O_WRONLY | Fcntl.O_CREAT, 0600)) {
            assertThat(linux.files().write(fd, bytes)).isEqualTo(5);
        }
        bytes.clear();
        try (Fd fd = linux.files().openat(null, path, Fcntl.O_RDONLY, 0)) {
            assertThat(linux.files().read(fd, bytes.limit(2))).isEqualTo(2);
            assertThat(linux.files().read(fd, bytes.limit(16))).isEqualTo(3);
        }
        assertThat(UTF_8.decode(bytes.flip()).toString()).isEqualTo("hello");
    }

    @Test
    void anErrorNamesTheCallItsArgumentsAndTheErrno() {
        assertThatThrownBy(() -> linux.files().openat(null, "/nowhere/at/all", Fcntl.O_RDONLY, 0))
                .isInstanceOfSatisfying(
                        ErrnoException.class,
                        e -> assertThat(e.is(Errno.ENOENT)).isTrue())
                .hasMessage("openat(/nowhere/at/all, 0x0, 00): No such file or directory (ENOENT 2)");
    }

    @Test
    void openat2KeepsSymbolicLinksInsideTheRoot() throws IOException {
        Files.writeString(directory.resolve("passwd"), "inside");
        Files.createDirectory(directory.resolve("etc"));
        Files.createSymbolicLink(directory.resolve("etc/link"), Path.of("/passwd"));
        ByteBuffer bytes = ByteBuffer.allocateDirect(16);
        try (Fd root = linux.files().openat(null, directory.toString(), Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0);
                Fd file = linux.files().openat2(root, "etc/link", Fcntl.O_RDONLY, 0, Fcntl.RESOLVE_IN_ROOT)) {
            linux.files().read(file, bytes);
        }
        assertThat(UTF_8.decode(bytes.flip()).toString()).isEqualTo("inside");
    }

    @Test
    void statxSaysWhatAFileIs() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "12345");
        linux.files().fchmodat(null, file.toString(), 04711);
        linux.files().utimensat(null, file.toString(), 1_000_000_000, 5, 0);
        Stat stat = linux.files().statx(null, file.toString(), Fcntl.AT_SYMLINK_NOFOLLOW);
        assertThat(stat.isType(Fcntl.S_IFREG)).isTrue();
        assertThat(stat.permissions()).isEqualTo(04711);
        assertThat(stat.sizeBytes()).isEqualTo(5);
        assertThat(stat.mtimeSeconds()).isEqualTo(1_000_000_000);
        assertThat(stat.mtimeNanos()).isEqualTo(5);
        Stat device = linux.files().statx(null, "/dev/null", 0);
        assertThat(device.isType(Fcntl.S_IFCHR)).isTrue();
        assertThat(device.rdevMajor()).isEqualTo(1);
        assertThat(device.rdevMinor()).isEqualTo(3);
    }

    @Test
    void aClosedDescriptorIsNotUsedAgain() throws IOException {
        Fd fd = linux.files().openat(null, "/dev/null", Fcntl.O_RDONLY, 0);
        fd.close();
        fd.close();
        assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class);
    }
}

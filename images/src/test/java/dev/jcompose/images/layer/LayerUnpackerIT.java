package dev.jcompose.images.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class LayerUnpackerIT {
    private final Linux linux = Linux.load();

    @TempDir
    Path directory;

    private Path top;

    @BeforeEach
    void makeTarget() throws IOException {
        top = Files.createDirectory(directory.resolve("layer"));
    }

    private UnpackedLayer unpack(LayerTar tar, Path... below) throws IOException {
        return unpack(tar.bytes(), below);
    }

    private UnpackedLayer unpack(byte[] tar, Path... below) throws IOException {
        return new LayerUnpacker(linux, UnpackLimits.DEFAULT)
                .unpack(new ByteArrayInputStream(tar), null, top, () -> List.of(below));
    }

    private Stat stat(String name) throws IOException {
        return linux.files().statx(null, top.resolve(name).toString(), Fcntl.AT_SYMLINK_NOFOLLOW);
    }

    private Path lowerLayer(LayerTar tar) throws IOException {
        Path lower = Files.createDirectory(directory.resolve("lower"));
        new LayerUnpacker(linux, UnpackLimits.DEFAULT)
                .unpack(new ByteArrayInputStream(tar.bytes()), null, lower, LayersBelow.NONE);
        return lower;
    }

    @Test
    void filesHaveTheirContentOwnerModeAndTime() throws IOException {
        byte[] tar = new LayerTar()
                .directory("usr/")
                .entry("usr/su", TarConstants.LF_NORMAL, "binary", entry -> {
                    entry.setMode(06755);
                    entry.setUserId(1000);
                    entry.setGroupId(70_000);
                })
                .bytes();
        UnpackedLayer layer = unpack(tar);
        assertThat(layer).isEqualTo(new UnpackedLayer(Digest.ofBytes(tar), Digest.ofBytes(tar), 6, 2));
        assertThat(top.resolve("usr/su")).hasContent("binary");
        assertThat(stat("usr/su").permissions()).isEqualTo(06755);
        assertThat(stat("usr/su").uid()).isEqualTo(1000);
        assertThat(stat("usr/su").gid()).isEqualTo(70_000);
        assertThat(stat("usr/su").mtimeSeconds()).isEqualTo(LayerTar.MTIME.getEpochSecond());
        assertThat(stat("usr").permissions()).isEqualTo(0755);
        assertThat(stat("usr").mtimeSeconds())
                .as("though a file was made in it later")
                .isEqualTo(LayerTar.MTIME.getEpochSecond());
    }

    @Test
    void gzipIsUnpackedAndTheDigestIsThatOfTheTarFile() throws IOException {
        LayerTar tar = new LayerTar().file("a", "1");
        byte[] bytes = tar.bytes();
        assertThat(unpack(LayerTar.gzip(bytes)).diffId()).isEqualTo(Digest.ofBytes(bytes));
    }

    @Test
    void gzipInSeveralMembersIsReadToTheEnd() throws IOException {
        byte[] bytes = new LayerTar().file("a", "x".repeat(5000)).bytes();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(LayerTar.gzip(Arrays.copyOf(bytes, 1000)));
        members.write(LayerTar.gzip(Arrays.copyOfRange(bytes, 1000, bytes.length)));
        assertThat(unpack(members.toByteArray()).diffId()).isEqualTo(Digest.ofBytes(bytes));
        assertThat(top.resolve("a")).hasSize(5000);
    }

    @Test
    void anotherCompressionIsRefusedByName() {
        byte[] xz = HexFormat.of().parseHex("fd377a585a000000");
        assertThatThrownBy(() -> unpack(xz)).hasMessageContaining("compressed with xz, which is not supported");
    }

    @Test
    void zstdInSeveralFramesIsReadToTheEndAndACutOneIsRefused() throws IOException {
        byte[] bytes = new LayerTar().file("a", "x".repeat(5000)).bytes();
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.write(Zstd.compress(Arrays.copyOf(bytes, 1000)));
        frames.write(Zstd.compress(Arrays.copyOfRange(bytes, 1000, bytes.length)));
        assertThat(unpack(frames.toByteArray()).diffId()).isEqualTo(Digest.ofBytes(bytes));
        assertThat(top.resolve("a")).hasSize(5000);
        byte[] cut = Arrays.copyOf(frames.toByteArray(), frames.size() - 8);
        assertThatThrownBy(() -> unpack(cut)).isInstanceOf(IOException.class);
    }

    @Test
    void linksDevicesAndFifosAreMade() throws IOException {
        unpack(new LayerTar()
                .file("bin/busybox", "b")
                .hardlink("bin/sh", "bin/busybox")
                .hardlink("bin/ls", "/bin/busybox")
                .symlink("etc/mtab", "/proc/mounts")
                .symlink("dangling", "../../../../etc/shadow")
                .entry("dev/null", TarConstants.LF_CHR, "", entry -> {
                    entry.setMode(0666);
                    entry.setDevMajor(1);
                    entry.setDevMinor(3);
                })
                .entry("run/fifo", TarConstants.LF_FIFO, "", entry -> entry.setMode(0622)));
        assertThat(stat("bin/sh").inode()).isEqualTo(stat("bin/busybox").inode());
        assertThat(stat("bin/ls").linkCount()).isEqualTo(3);
        assertThat(Files.readSymbolicLink(top.resolve("etc/mtab"))).hasToString("/proc/mounts");
        assertThat(Files.readSymbolicLink(top.resolve("dangling"))).hasToString("../../../../etc/shadow");
        assertThat(stat("dev/null").isType(Fcntl.S_IFCHR)).isTrue();
        assertThat(stat("dev/null").rdevMajor()).isEqualTo(1);
        assertThat(stat("dev/null").rdevMinor()).isEqualTo(3);
        assertThat(stat("dev/null").permissions()).isEqualTo(0666);
        assertThat(stat("run/fifo").isType(Fcntl.S_IFIFO)).isTrue();
        assertThat(stat("run/fifo").permissions()).isEqualTo(0622);
    }

    @Test
    void binaryAttributesAreKeptAndThoseOfOverlayfsAreNot() throws IOException {
        // cap_setuid=ep: 0x80 is not UTF-8.
        byte[] capability = HexFormat.of().parseHex("0100000280000000" + "000000000000000000000000");
        unpack(new LayerTar()
                .fileWithXattr("ping", "x", "security.capability", capability)
                .fileWithXattr("evil", "x", "trusted.overlay.redirect", "/etc".getBytes(UTF_8))
                .fileWithXattr("mine", "x", "user.note", "hello".getBytes(UTF_8)));
        assertThat(linux.files().lgetxattr(top.resolve("ping").toString(), "security.capability"))
                .isEqualTo(capability);
        assertThat(linux.files().llistxattr(top.resolve("evil").toString())).isEmpty();
        assertThat(linux.files().lgetxattr(top.resolve("mine").toString(), "user.note"))
                .isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void longAndNonAsciiNamesAreKept() throws IOException {
        String name = "d/" + "n".repeat(120) + "/" + "Főtanúsítvány.crt";
        unpack(new LayerTar().file(name, "x"));
        try (var entries = Files.list(top.resolve("d/" + "n".repeat(120)))) {
            assertThat(entries).hasSize(1);
        }
        assertThat(linux.files().statx(null, top + "/" + name, 0).sizeBytes()).isEqualTo(1);
    }

    @Test
    void whiteoutsTakeTheFormOfOverlayfs() throws IOException {
        Path lower = lowerLayer(new LayerTar().file("a/gone", "x").file("b/old", "x"));
        unpack(
                new LayerTar()
                        .directory("a")
                        .file("a/.wh.gone", "")
                        .directory("b")
                        .file("b/.wh..wh..opq", "")
                        .file(".wh..wh.plnk", ""),
                lower);
        assertThat(stat("a/gone").isType(Fcntl.S_IFCHR)).isTrue();
        assertThat(stat("a/gone").rdevMajor()).isZero();
        assertThat(linux.files().lgetxattr(top.resolve("b").toString(), "trusted.overlay.opaque"))
                .isEqualTo("y".getBytes(UTF_8));
        assertThat(top.resolve("b")).isEmptyDirectory();
        assertThat(top.resolve(".wh..wh.plnk")).doesNotExist();
    }

    @Test
    void aWhiteoutThatOverlayfsWouldListIsNotMade() throws IOException {
        Path lower = lowerLayer(new LayerTar().file("b/old", "x"));
        unpack(
                new LayerTar()
                        .file("new/.wh.nothing", "")
                        .directory("b")
                        .file("b/.wh.old", "")
                        .file("b/.wh..wh..opq", "")
                        .directory("c")
                        .file("c/.wh..wh..opq", "")
                        .file("c/.wh.old", ""),
                lower);
        for (String name : List.of("b", "c")) {
            assertThat(top.resolve(name)).isEmptyDirectory();
        }
        assertThat(top.resolve("new")).doesNotExist();
    }

    @Test
    void aWhiteoutHidesWhatIsBelowButNotWhatTheLayerItselfBrings() throws IOException {
        Path lower =
                lowerLayer(new LayerTar().directory("first").directory("then").file("file", "old"));
        unpack(
                new LayerTar()
                        .file("first/x", "new")
                        .file(".wh.first", "")
                        .file(".wh.then", "")
                        .directory("then")
                        .file("file", "new")
                        .file(".wh.file", ""),
                lower);
        for (String name : List.of("first", "then")) {
            assertThat(linux.files().lgetxattr(top.resolve(name).toString(), "trusted.overlay.opaque"))
                    .isEqualTo("y".getBytes(UTF_8));
        }
        assertThat(top.resolve("first/x")).hasContent("new");
        assertThat(top.resolve("file")).hasContent("new");
    }

    @Test
    void anOpaqueTopHidesEverythingBelowByName() throws IOException {
        Path lower = lowerLayer(
                new LayerTar().file("etc/passwd", "x").file("kept", "old").directory("usr"));
        unpack(new LayerTar().file("kept", "new").directory("usr").file(".wh..wh..opq", ""), lower);
        assertThat(stat("etc").isType(Fcntl.S_IFCHR)).isTrue();
        assertThat(top.resolve("kept")).hasContent("new");
        assertThat(linux.files().llistxattr(top.resolve("usr").toString())).contains("trusted.overlay.opaque");
    }

    @Test
    void aLaterEntryReplacesAnEarlierOne() throws IOException {
        unpack(new LayerTar()
                .file("a", "1")
                .file("a", "2")
                .file("d/deep/x", "1")
                .file("d", "now a file")
                .symlink("l", "/etc")
                .directory("l")
                .file("l/x", "inside"));
        assertThat(top.resolve("a")).hasContent("2");
        assertThat(top.resolve("d")).hasContent("now a file");
        assertThat(top.resolve("l/x")).hasContent("inside");
    }

    @Test
    void directoriesWithoutAnEntryAreLikeThoseBelow() throws IOException {
        Path lower = lowerLayer(new LayerTar()
                .entry("tmp/", TarConstants.LF_DIR, "", entry -> entry.setMode(01777))
                .entry("home/", TarConstants.LF_DIR, "", entry -> {
                    entry.setMode(0750);
                    entry.setUserId(12);
                }));
        unpack(new LayerTar().file("tmp/x", "").file("home/new/y", ""), lower);
        assertThat(stat("tmp").permissions()).isEqualTo(01777);
        assertThat(stat("home").permissions()).isEqualTo(0750);
        assertThat(stat("home").uid()).isEqualTo(12);
        assertThat(stat("home/new").permissions()).isEqualTo(0755);
        assertThat(stat("home/new").uid()).isZero();
    }

    @Test
    void aDirectoryBehindASymbolicLinkBelowDoesNotReplaceTheLink() throws IOException {
        Path lower = lowerLayer(new LayerTar()
                .directory("usr/lib")
                .symlink("lib", "usr/lib")
                .symlink("loop", "loop")
                .symlink("abs", "/lib"));
        unpack(new LayerTar().file("lib/x.so", "x").file("abs/y.so", "y"), lower);
        assertThat(top.resolve("usr/lib/x.so")).hasContent("x");
        assertThat(top.resolve("usr/lib/y.so")).hasContent("y");
        assertThat(top.resolve("lib")).doesNotExist();
        assertThatThrownBy(() -> unpack(new LayerTar().file("loop/x", ""), lower))
                .hasMessageContaining("too many symbolic links");
    }
}

package dev.jcompose.images.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that were made to reach out of their directory, or to fill the machine. */
@RequiresRoot
class HostileLayerIT {
    private final Linux linux = Linux.load();

    @TempDir
    Path directory;

    private Path top;
    private Path victim;

    @BeforeEach
    void makeTargetAndVictim() throws IOException {
        top = Files.createDirectory(directory.resolve("layer"));
        Files.createDirectory(directory.resolve("victims"));
        victim = Files.writeString(directory.resolve("victims/file"), "untouched");
    }

    @AfterEach
    void nothingOutsideWasTouched() throws IOException {
        assertThat(victim).hasContent("untouched");
        new TreeRemoval(linux).remove(top);
        try (Stream<Path> paths = Files.list(directory.resolve("victims"))) {
            assertThat(paths).containsExactly(victim);
        }
        try (Stream<Path> paths = Files.list(directory)) {
            assertThat(paths).containsExactly(directory.resolve("victims"));
        }
    }

    private void unpack(byte[] tar, UnpackLimits limits) throws IOException {
        new LayerUnpacker(linux, limits).unpack(new ByteArrayInputStream(tar), null, top, LayersBelow.NONE);
    }

    static Stream<Arguments> escapes() {
        return Stream.of(
                Arguments.of(new LayerTar().file("../victims/new", "x"), "entry '../victims/new' has '..' in its path"),
                Arguments.of(new LayerTar().file("a/../../victims/new", "x"), "has '..' in its path"),
                Arguments.of(new LayerTar().directory("../victims/d"), "has '..' in its path"),
                Arguments.of(new LayerTar().symlink("../victims/l", "/"), "has '..' in its path"),
                Arguments.of(new LayerTar().file("../victims/.wh.file", ""), "has '..' in its path"),
                Arguments.of(new LayerTar().file(".wh..", ""), "whiteout '.wh..' names nothing"),
                Arguments.of(new LayerTar().file("d/.wh...", ""), "whiteout 'd/.wh...' names nothing"),
                Arguments.of(
                        new LayerTar().symlink("out", "../victims").file("out/new", "x"),
                        "path 'out' leaves the layer through a symbolic link"),
                Arguments.of(
                        new LayerTar().symlink("out", "../victims").file("out/file", "x"),
                        "path 'out' leaves the layer through a symbolic link"),
                Arguments.of(
                        new LayerTar().symlink("a/b", "../..").file("a/b/victims/file", "x"),
                        "leaves the layer through a symbolic link"),
                Arguments.of(
                        new LayerTar().symlink("root", "/").file("root/tmp/jcompose-escape", "x"),
                        "leaves the layer through a symbolic link"),
                Arguments.of(
                        new LayerTar().symlink("p", "/proc/self/root").file("p/tmp/x", "x"),
                        "leaves the layer through a symbolic link"),
                Arguments.of(
                        new LayerTar().hardlink("stolen", "../victims/file").file("stolen", "x"),
                        "entry '../victims/file' has '..' in its path"),
                Arguments.of(
                        new LayerTar().symlink("out", "../victims").hardlink("stolen", "out/file"),
                        "path 'out' leaves the layer through a symbolic link"),
                Arguments.of(new LayerTar().hardlink("a", "not/there"), "the target is not in this layer"),
                Arguments.of(
                        new LayerTar().directory("d").hardlink("a", "d"),
                        "hard link 'a' to 'd': the target is a directory"),
                Arguments.of(new LayerTar().file("a", "1").hardlink("a", "a"), "it is a link to itself"),
                Arguments.of(new LayerTar().file("a", "1").file("a/b", "2"), "goes through something that is not a"),
                Arguments.of(new LayerTar().file(".", "x"), "is the layer's top but not a directory"),
                Arguments.of(
                        new LayerTar().entry("x", (byte) 'Q', "", entry -> {}), "entry 'x' is of an unknown type 'Q'"),
                Arguments.of(
                        new LayerTar().entry("x", TarConstants.LF_NORMAL, "", entry -> entry.setUserId(0xffff_ffffL)),
                        "entry 'x' has the impossible user id 4294967295"),
                Arguments.of(new LayerTar().file("n".repeat(256), ""), "has a part longer than 255 bytes"),
                Arguments.of(new LayerTar().file("d/".repeat(2048) + "x", ""), "path is longer than 4095 bytes"));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void isRefusedWithAReason(LayerTar tar, String reason) {
        assertThatThrownBy(() -> unpack(tar.bytes(), UnpackLimits.DEFAULT))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aSymbolicLinkAtTheEndOfAPathIsReplacedAndNotFollowed() throws IOException {
        unpack(new LayerTar().symlink("l", "../victims/file").file("l", "mine").bytes(), UnpackLimits.DEFAULT);
        assertThat(top.resolve("l")).hasContent("mine").isRegularFile();
        assertThat(Files.isSymbolicLink(top.resolve("l"))).isFalse();
    }

    @Test
    void aHardLinkToASymbolicLinkIsALinkToTheLink() throws IOException {
        unpack(
                new LayerTar()
                        .symlink("l", "../victims/file")
                        .hardlink("h", "l")
                        .file("h", "mine")
                        .bytes(),
                UnpackLimits.DEFAULT);
        assertThat(top.resolve("h")).hasContent("mine");
    }

    @Test
    void anAbsoluteNameIsInsideTheLayer() throws IOException {
        unpack(new LayerTar().file("/abs/x", "mine").bytes(), UnpackLimits.DEFAULT);
        assertThat(top.resolve("abs/x")).hasContent("mine");
    }

    @Test
    void limitsOnEntriesBytesAndHeadersHold() {
        byte[] tar = new LayerTar().file("a", "12345").file("b", "12345").bytes();
        assertThatThrownBy(() -> unpack(tar, new UnpackLimits(9, 10, 100, 4096)))
                .hasMessageContaining("entry 'b': files are larger than 9 bytes together");
        assertThatThrownBy(() -> unpack(tar, new UnpackLimits(100, 1, 100, 4096)))
                .hasMessageContaining("more than 1 entries");
        byte[] large = new LayerTar()
                .fileWithXattr("a", "", "user.big", new byte[20_000])
                .bytes();
        assertThatThrownBy(() -> unpack(large, new UnpackLimits(100, 10, 100, 4096)))
                .hasMessageContaining("headers of one entry are larger than 4096 bytes");
    }

    @Test
    void aTarFileThatIsCutOffOrGarbageIsRefused() {
        byte[] tar = new LayerTar().file("a", "x".repeat(3000)).bytes();
        assertThatThrownBy(() -> unpack(Arrays.copyOf(tar, 2000), UnpackLimits.DEFAULT))
                .isInstanceOf(LayerException.class)
                .hasMessageContaining("'a'");
        assertThatThrownBy(() -> unpack("no tar file ".repeat(200).getBytes(UTF_8), UnpackLimits.DEFAULT))
                .isInstanceOf(LayerException.class);
        byte[] gzip = LayerTar.gzip(tar);
        assertThatThrownBy(() -> unpack(Arrays.copyOf(gzip, gzip.length - 20), UnpackLimits.DEFAULT))
                .isInstanceOf(LayerException.class);
    }

    @Test
    void aTreeDeeperThanAnyPathIsRefused() throws IOException {
        String deep = "d/".repeat(1000);
        LayerTar tar = new LayerTar().directory(deep);
        for (int i = 0; i < 8; i++) {
            String from = "s" + i;
            tar.symlink(from, i == 0 ? deep : "s" + (i - 1) + "/" + deep).directory(from + "/" + deep);
        }
        try {
            assertThatThrownBy(() -> unpack(tar.bytes(), UnpackLimits.DEFAULT))
                    .isInstanceOf(LayerException.class)
                    .hasMessageContaining("too deep");
        } finally {
            // JUnit would take minutes for such a tree.
            new TreeRemoval(linux).remove(top);
        }
    }
}

package dev.jcompose.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresRoot
class ImageStoreIT {
    private static final LayerTar BASE = new LayerTar().directory("bin").file("bin/sh", "shell");
    private static final byte[] BASE_BYTES = BASE.bytes();
    private static final byte[] TOP_BYTES =
            new LayerTar().file("app", "program").file("bin/.wh.sh", "").bytes();

    @TempDir
    Path root;

    private ImageStore store;

    @BeforeEach
    void open() throws IOException {
        store = reopen();
    }

    @AfterEach
    void nothingIsLeftHalfDone() throws IOException {
        assertThat(root.resolve("tmp")).isEmptyDirectory();
        store.close();
    }

    private ImageStore reopen() throws IOException {
        return ImageStore.open(Linux.load(), root, List.of(root));
    }

    private List<Image> load(byte[] archive) throws IOException {
        return store.load(new ByteArrayInputStream(archive));
    }

    private static ImageTar twoLayers(String name) {
        return new ImageTar(name)
                .layer(BASE_BYTES)
                .layer(LayerTar.gzip(TOP_BYTES))
                .cmd("/app", "-v");
    }

    static Stream<Arguments> archives() {
        return Stream.of(
                Arguments.of("docker save until 24", twoLayers("app:1").dockerArchive()),
                Arguments.of("docker save since 25", twoLayers("app:1").newDockerArchive()),
                Arguments.of("OCI layout", twoLayers("app:1").ociLayout()),
                Arguments.of("compressed", LayerTar.gzip(twoLayers("app:1").ociLayout())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void loadsEveryFormOfArchive(String form, byte[] archive) throws IOException {
        Image image = load(archive).get(0);
        assertThat(image.id()).as(form).isEqualTo(twoLayers("app:1").id().toString());
        assertThat(image.names()).containsExactly(ImageReference.parse("app:1"));
        assertThat(image.config().cmd()).containsExactly("/app", "-v");
        assertThat(image.config().env()).containsExactly("PATH=/bin");
        assertThat(image.created()).isEqualTo(Instant.parse("2024-05-06T07:08:09.123456789Z"));
        assertThat(image.sizeBytes()).isEqualTo("shell".length() + "program".length());
        assertThat(image.layers()).hasSize(2);
        assertThat(image.layers().get(0).resolve("bin/sh")).hasContent("shell");
        assertThat(image.layers().get(1).resolve("app")).hasContent("program");
        assertThat(store.find(ImageReference.parse("docker.io/library/app:1"))).contains(image);
        assertThat(store.findById(image.shortId())).contains(image);
        store.close();
        store = reopen();
        assertThat(store.find(ImageReference.parse("app:1"))).contains(image);
    }

    @Test
    void theStoreIsClosedToOtherUsers() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void imagesShareTheLayersThatTheyHaveInCommon() throws IOException {
        Path one = load(new ImageTar("one").layer(BASE_BYTES).dockerArchive())
                .get(0)
                .layers()
                .get(0);
        Image two = load(twoLayers("two").dockerArchive()).get(0);
        assertThat(two.layers().get(0)).isEqualTo(one);
        store.remove(two.id());
        assertThat(one.resolve("bin/sh")).exists();
        assertThat(two.layers().get(1)).doesNotExist();
        store.untag(ImageReference.parse("one"));
        assertThat(one).doesNotExist();
        assertThat(root.resolve("blobs/sha256")).isEmptyDirectory();
        assertThat(root.resolve("layers")).isEmptyDirectory();
    }

    @Test
    void theSameLayerTwiceInOneImageIsTwoLayers() throws IOException {
        Image image = load(new ImageTar("x").layer(BASE_BYTES).layer(BASE_BYTES).dockerArchive())
                .get(0);
        assertThat(image.layers()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aNameGoesToTheImageThatWasLoadedLast() throws IOException {
        Image old = load(new ImageTar("app").layer(BASE_BYTES).dockerArchive()).get(0);
        Image now = load(twoLayers("app").dockerArchive()).get(0);
        assertThat(store.find(ImageReference.parse("app"))).contains(now);
        assertThat(store.findById(old.id()).orElseThrow().names()).isEmpty();
    }

    @Test
    void loadingAnImageAgainUnderAnotherNameAddsTheName() throws IOException {
        load(twoLayers("a:1").dockerArchive());
        Image image = load(twoLayers("b:1").dockerArchive()).get(0);
        assertThat(image.names()).containsExactly(ImageReference.parse("a:1"), ImageReference.parse("b:1"));
        store.tag(image.id(), ImageReference.parse("c:1"));
        store.untag(ImageReference.parse("a:1"));
        assertThat(store.find(ImageReference.parse("a:1"))).isEmpty();
        assertThat(store.findById(image.id()).orElseThrow().names())
                .containsExactly(ImageReference.parse("b:1"), ImageReference.parse("c:1"));
    }

    @Test
    void aDigestFindsOnlyTheImageThatHasIt() throws IOException {
        Image image = load(twoLayers("app:1").ociLayout()).get(0);
        Digest manifest = twoLayers("app:1").manifest().digest();
        assertThat(store.find(ImageReference.parse("app@" + manifest))).contains(image);
        assertThat(store.find(ImageReference.parse("app:other@" + manifest))).contains(image);
        assertThat(store.find(ImageReference.parse("other@" + manifest))).isEmpty();
        assertThat(store.find(ImageReference.parse("app@" + Digest.ofText("else"))))
                .isEmpty();
    }

    @Test
    void anIndexOfSeveralPlatformsGivesTheOneForThisMachine() throws IOException {
        Descriptor other = new Descriptor(
                MediaType.OCI_MANIFEST, Digest.ofText("not here"), 8, new Platform("linux", "s390x", null), Map.of());
        assertThat(load(twoLayers("app").multiPlatformLayout(List.of(other)))).hasSize(1);
        byte[] foreign =
                twoLayers("x").platform(new Platform("linux", "s390x", null)).multiPlatformLayout(List.of(other));
        assertThatThrownBy(() -> load(foreign))
                .hasMessage("the archive has no image for " + Platform.current() + ", only for [linux/s390x]");
    }

    static Stream<Arguments> damagedArchives() {
        byte[] good = twoLayers("app").dockerArchive();
        byte[] flipped = twoLayers("app").ociLayout();
        flipped[indexOf(flipped, "shell")] ^= 1;
        return Stream.of(
                Arguments.of("not an image archive: it is empty, or not a tar file", new byte[0]),
                Arguments.of(
                        "cannot read the archive", "hello, world. ".repeat(100).getBytes(UTF_8)),
                Arguments.of("cannot read the archive", Arrays.copyOf(good, 2000)),
                Arguments.of(
                        "not an image archive: it has neither manifest.json (docker save) nor oci-layout and index.json"
                                + " (OCI layout), but 'etc/passwd', 'etc/group'",
                        new LayerTar()
                                .file("etc/passwd", "")
                                .file("etc/group", "")
                                .bytes()),
                Arguments.of(
                        "manifest.json names the layer 'l/layer.tar', which is not in the archive",
                        new LayerTar()
                                .file("c.json", "{}")
                                .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[\"l/layer.tar\"]}]")
                                .bytes()),
                Arguments.of(
                        "manifest.json names the configuration '../../etc/passwd', which is not in the archive",
                        new LayerTar()
                                .file("manifest.json", "[{\"Config\":\"../../etc/passwd\",\"Layers\":[]}]")
                                .bytes()),
                Arguments.of(
                        "manifest.json is not valid: ",
                        new LayerTar().file("manifest.json", "[{").bytes()),
                Arguments.of(
                        "image without 'Config'",
                        new LayerTar().file("manifest.json", "[{}]").bytes()),
                Arguments.of(
                        "the archive holds no image: its manifest.json is empty",
                        new LayerTar().file("manifest.json", "[]").bytes()),
                Arguments.of(
                        "its configuration has 0 layers, its manifest 1",
                        new LayerTar()
                                .file("c.json", "{}")
                                .file("l.tar", "")
                                .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[\"l.tar\"]}]")
                                .bytes()),
                Arguments.of("is damaged: its digest is sha256:", flipped),
                Arguments.of(
                        "layer 'layer0/layer.tar': layer is damaged: its digest is",
                        new ImageTar("x")
                                .layer(BASE_BYTES)
                                .claimingDiffId(Digest.ofText("another"))
                                .dockerArchive()),
                Arguments.of(
                        "layer 'layer0/layer.tar': entry '../x' has '..' in its path",
                        new ImageTar("x")
                                .layer(new LayerTar().file("../x", "").bytes())
                                .dockerArchive()),
                Arguments.of(
                        "the archive has an invalid image reference 'No Name'",
                        new ImageTar("No Name").layer(BASE_BYTES).dockerArchive()),
                Arguments.of(
                        "the archive has an image of the built-in name 'localhost/host'",
                        new ImageTar("localhost/host").layer(BASE_BYTES).dockerArchive()));
    }

    @ParameterizedTest
    @MethodSource("damagedArchives")
    void saysWhatIsWrongWithAnArchiveAndLoadsNothing(String message, byte[] archive) throws IOException {
        assertThatThrownBy(() -> load(archive)).isInstanceOf(IOException.class).hasMessageContaining(message);
        assertThat(store.list()).extracting(Image::names).containsExactly(List.of(HostImage.NAME));
        assertThat(root.resolve("blobs/sha256")).isEmptyDirectory();
        assertThat(root.resolve("layers")).isEmptyDirectory();
    }

    @Test
    void aLayerThatADockerArchiveHasAsALinkIsFound() throws IOException {
        ImageTar image = new ImageTar("x").layer(BASE_BYTES).layer(BASE_BYTES);
        byte[] archive = new LayerTar()
                .bytes("a/layer.tar", BASE_BYTES)
                .symlink("b/layer.tar", "../a/layer.tar")
                .bytes("c.json", image.config())
                .file(
                        "manifest.json",
                        "[{\"Config\":\"c.json\",\"RepoTags\":[\"x:1\"],\"Layers\":[\"a/layer.tar\",\"b/layer.tar\"]}]")
                .bytes();
        assertThat(load(archive).get(0).layers()).hasSize(2);
    }

    @Test
    void whatACrashLeftIsRemovedOnTheNextStart() throws IOException {
        Image image = load(twoLayers("app").dockerArchive()).get(0);
        store.close();
        Files.createDirectories(root.resolve("tmp/9/layer-0/diff/etc"));
        Files.createDirectories(root.resolve("layers/" + Digest.ofText("orphan").hex() + "/diff"));
        Files.writeString(root.resolve("blobs/sha256/" + Digest.ofText("orphan").hex()), "orphan");
        Files.writeString(root.resolve("index.json.new"), "{");
        store = reopen();
        assertThat(store.find(ImageReference.parse("app"))).contains(image);
        try (Stream<Path> layers = Files.list(root.resolve("layers"));
                Stream<Path> blobs = Files.list(root.resolve("blobs/sha256"))) {
            assertThat(layers).hasSize(2);
            assertThat(blobs).hasSize(4);
        }
    }

    @Test
    void anImageWithADamagedPartIsNoLongerThere() throws IOException {
        Image image = load(twoLayers("app").dockerArchive()).get(0);
        load(new ImageTar("good").layer(BASE_BYTES).dockerArchive());
        store.close();
        Files.writeString(root.resolve("blobs/sha256/" + image.id().substring(7)), "{}");
        store = reopen();
        assertThat(store.find(ImageReference.parse("app"))).isEmpty();
        assertThat(store.find(ImageReference.parse("good"))).isPresent();
    }

    @Test
    void anIndexOfANewerVersionIsAnErrorAndNothingIsRemoved() throws IOException {
        Image image = load(twoLayers("app").dockerArchive()).get(0);
        store.close();
        String index = Files.readString(root.resolve("index.json"));
        Files.writeString(root.resolve("index.json"), "{\"version\":2,\"images\":[]}");
        assertThatThrownBy(this::reopen)
                .hasMessage("image index '" + root.resolve("index.json")
                        + "' is of version 2, this jcompose knows version 1");
        assertThat(image.layers().get(1)).exists();
        Files.writeString(root.resolve("index.json"), index);
        store = reopen();
    }

    @Test
    void aSecondStoreOnTheSameDirectoryIsRefused() {
        assertThatThrownBy(this::reopen)
                .hasMessage("image store '" + root
                        + "' is in use by another process: each engine needs a data directory of its own");
    }

    @Test
    void theBuiltInImageCannotBeChanged() {
        assertThatThrownBy(() -> store.untag(HostImage.NAME))
                .hasMessage("image 'localhost/host:latest' is built in and cannot be changed");
        assertThatThrownBy(() -> store.tag("x", HostImage.NAME)).hasMessageContaining("built in");
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, ISO_8859_1).indexOf(text);
    }
}

package dev.jcompose.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.store.LayerContent;
import dev.jcompose.images.store.Pins;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class ImageStoreMakingIT {
    private static final byte[] BASE = new LayerTar().file("base", "1").bytes();
    private static final byte[] TOP = new LayerTar().file("top", "22").bytes();
    private static final ImageReference NAME = ImageReference.parse("made:1");

    @TempDir
    Path root;

    private ImageStore store;

    @BeforeEach
    void open() throws IOException {
        store = ImageStore.open(Linux.load(), root, List.of());
    }

    @AfterEach
    void close() throws IOException {
        assertThat(root.resolve("tmp")).isEmptyDirectory();
        store.close();
    }

    private Layer layer(Workspace workspace, byte[] tar, List<Layer> below, @Nullable Path unpacked)
            throws IOException {
        Path blob = Files.write(workspace.path(), tar);
        Digest digest = Digest.ofBytes(tar);
        return store.addLayer(
                workspace,
                LayerContent.made(blob, digest, unpacked),
                Descriptor.of(MediaType.OCI_LAYER, digest, tar.length),
                below);
    }

    private static ImageJson config(List<Layer> layers) {
        return new ImageJson(
                "2024-05-06T07:08:09Z",
                null,
                "amd64",
                null,
                "linux",
                null,
                new ImageJson.RootFs(
                        "layers",
                        layers.stream().map(layer -> layer.stored().diffId()).toList()),
                List.of(new ImageJson.History("", "COPY base /", "", "", false)));
    }

    @Test
    void anImageIsMadeOfLayersPackedAndUnpacked() throws IOException {
        Image image;
        try (Workspace workspace = store.workspace()) {
            Layer base = layer(workspace, BASE, List.of(), null);
            Path upper = workspace.directory();
            Files.writeString(upper.resolve("top"), "22");
            List<Layer> layers = List.of(base, layer(workspace, TOP, List.of(base), upper));
            image = store.create(workspace, config(layers), layers, List.of(NAME), false);
            assertThat(upper).doesNotExist();
        }
        assertThat(store.find(NAME)).contains(image);
        assertThat(image.sizeBytes()).isEqualTo(3);
        assertThat(image.layers().get(1).resolve("top")).hasContent("22");
        assertThat(store.document(image).history()).hasSize(1);
        assertThat(store.layers(image)).hasSize(2);
        assertThat(store.content().blobs().document(Digest.ofBytes(TOP))).isEqualTo(TOP);
    }

    @Test
    void whatNoImageAndNoPinNeedsIsCollectedWhenNothingIsBeingMade() throws IOException {
        Layer kept;
        Layer gone;
        try (Workspace workspace = store.workspace()) {
            kept = layer(workspace, BASE, List.of(), null);
            gone = layer(workspace, TOP, List.of(), null);
            store.collectGarbage();
            assertThat(gone.stored().directory()).exists();
            store.pins()
                    .put(
                            "cache-1",
                            Pins.Pin.of(
                                    Set.of(kept.blob().digest()),
                                    Set.of(kept.stored().chainId())));
        }
        assertThat(gone.stored().directory()).doesNotExist();
        assertThat(store.content().blobs().has(gone.blob().digest())).isFalse();
        assertThat(kept.stored().directory()).exists();
        store.pins().remove("cache-1");
        store.collectGarbage();
        assertThat(kept.stored().directory()).doesNotExist();
    }

    @Test
    void aConfigurationThatNamesOtherLayersIsRefused() throws IOException {
        try (Workspace workspace = store.workspace()) {
            Layer base = layer(workspace, BASE, List.of(), null);
            assertThatThrownBy(() -> store.create(workspace, config(List.of()), List.of(base), List.of(), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("names the layers []");
        }
    }

    @Test
    void whatARegistryCallsAnImageFindsIt() throws IOException {
        Digest index = Digest.ofText("an index of several platforms");
        Image image;
        try (Workspace workspace = store.workspace()) {
            Layer base = layer(workspace, BASE, List.of(), null);
            image = store.create(workspace, config(List.of(base)), List.of(base), List.of(), false);
        }
        ImageReference called = NAME.withDigest(index);
        store.addRepoDigest(image.id(), called);
        assertThat(store.find(ImageReference.parse("made:other@" + index))).isPresent();
        assertThat(store.find(ImageReference.parse("else@" + index))).isEmpty();
        store.untag(called);
        assertThat(store.findById(image.id())).isEmpty();
    }
}

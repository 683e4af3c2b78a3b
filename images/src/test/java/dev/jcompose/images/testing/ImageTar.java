package dev.jcompose.images.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.layer.Compression;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Index;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.oci.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an image as {@code docker save} does, in the old and the new form, or as an OCI layout. */
public final class ImageTar {
    private final OciJson json = new OciJson();
    private final List<byte[]> layers = new ArrayList<>();
    private final List<Digest> diffIds = new ArrayList<>();
    private final String name;
    private List<String> cmd = List.of("/bin/sh");
    private List<String> env = List.of("PATH=/bin");
    private Platform platform = Platform.current();

    /** @param name a reference, or empty for none */
    public ImageTar(String name) {
        this.name = name;
    }

    /** Adds a layer on top, compressed or not. */
    public ImageTar layer(byte[] tar) {
        try {
            layers.add(tar);
            diffIds.add(Digest.ofBytes(
                    Compression.decompress(new ByteArrayInputStream(tar)).readAllBytes()));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the configuration claims of the last layer, if that is not to be true. */
    public ImageTar claimingDiffId(Digest other) {
        diffIds.set(diffIds.size() - 1, other);
        return this;
    }

    /** The command of its containers. */
    public ImageTar cmd(String... words) {
        cmd = List.of(words);
        return this;
    }

    /** The environment of its containers. */
    public ImageTar env(String... assignments) {
        env = List.of(assignments);
        return this;
    }

    /** What it says that it runs on. */
    public ImageTar platform(Platform other) {
        platform = other;
        return this;
    }

    /** The configuration document; its digest is the image's id. */
    public byte[] config() {
        return json.write(new ImageJson(
                "2024-05-06T07:08:09.123456789Z",
                null,
                platform.architecture(),
                platform.variant(),
                platform.os(),
                new ImageJson.Container(null, null, env, null, cmd, null, null, null, null, null, null, null),
                new ImageJson.RootFs("layers", diffIds),
                List.of()));
    }

    /** The layers as they were given, bottom first. */
    public List<byte[]> layers() {
        return List.copyOf(layers);
    }

    /** The image's id. */
    public Digest id() {
        return Digest.ofBytes(config());
    }

    /** As {@code docker save} wrote until version 24: {@code ID/layer.tar}, manifest.json at the end. */
    public byte[] dockerArchive() {
        LayerTar tar = new LayerTar();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            names.add("layer" + i + "/layer.tar");
            tar.bytes(names.get(i), layers.get(i));
        }
        tar.bytes(id().hex() + ".json", config());
        tar.bytes("manifest.json", dockerManifest(id().hex() + ".json", names));
        return tar.bytes();
    }

    /** As {@code docker save} writes since version 25: an OCI layout with a manifest.json in it. */
    public byte[] newDockerArchive() {
        LayerTar tar = new LayerTar();
        List<String> names =
                layers.stream().map(layer -> blob(Digest.ofBytes(layer))).toList();
        layout(tar, null);
        tar.bytes("manifest.json", dockerManifest(blob(id()), names));
        return tar.bytes();
    }

    /** As skopeo and buildx write: the name is an annotation. */
    public byte[] ociLayout() {
        LayerTar tar = new LayerTar();
        layout(tar, null);
        return tar.bytes();
    }

    /** An index of several platforms in an OCI layout that holds only this image. */
    public byte[] multiPlatformLayout(List<Descriptor> others) {
        LayerTar tar = new LayerTar();
        layout(tar, others);
        return tar.bytes();
    }

    /** The manifest of this image. */
    public Descriptor manifest() {
        byte[] manifest = manifestBytes();
        return new Descriptor(MediaType.OCI_MANIFEST, Digest.ofBytes(manifest), manifest.length, platform, Map.of());
    }

    /** The manifest document of this image. */
    public byte[] manifestBytes() {
        List<Descriptor> descriptors = layers.stream()
                .map(layer -> Descriptor.of(MediaType.OCI_LAYER_GZIP, Digest.ofBytes(layer), layer.length))
                .toList();
        return json.write(Manifest.of(Descriptor.of(MediaType.OCI_CONFIG, id(), config().length), descriptors));
    }

    private void layout(LayerTar tar, @Nullable List<Descriptor> others) {
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        layers.forEach(layer -> blobs.put(blob(Digest.ofBytes(layer)), layer));
        blobs.put(blob(id()), config());
        Descriptor top = manifest();
        blobs.put(blob(top.digest()), manifestBytes());
        if (others != null) {
            List<Descriptor> all = new ArrayList<>(others);
            all.add(top);
            byte[] index = json.write(new Index(2, MediaType.OCI_INDEX, all));
            top = Descriptor.of(MediaType.OCI_INDEX, Digest.ofBytes(index), index.length);
            blobs.put(blob(top.digest()), index);
        }
        Map<String, String> annotations = name.isEmpty() ? Map.of() : Map.of("org.opencontainers.image.ref.name", name);
        Descriptor named = new Descriptor(top.mediaType(), top.digest(), top.size(), null, annotations);
        tar.bytes("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
        tar.bytes("index.json", json.write(new Index(2, MediaType.OCI_INDEX, List.of(named))));
        blobs.forEach((path, content) -> tar.bytes(path, content));
    }

    private byte[] dockerManifest(String config, List<String> layerNames) {
        String quoted = layerNames.stream().collect(Collectors.joining("\",\"", "\"", "\""));
        String tags = name.isEmpty() ? "null" : "[\"" + name + "\"]";
        return "[{\"Config\":\"%s\",\"RepoTags\":%s,\"Layers\":[%s]}]"
                .formatted(config, tags, layerNames.isEmpty() ? "" : quoted)
                .getBytes(UTF_8);
    }

    private static String blob(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }
}

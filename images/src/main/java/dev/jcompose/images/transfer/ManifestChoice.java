package dev.jcompose.images.transfer;

import dev.jcompose.images.ImageException;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Index;
import dev.jcompose.images.oci.Manifest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.registry.ManifestDocument;
import dev.jcompose.images.registry.RegistryClient;
import dev.jcompose.images.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The manifest that a reference leads to.
 *
 * @param top digest of what the registry has under the reference: this manifest, or an index that names it
 * @param document the manifest as the registry has it
 * @param sources where its blobs can be had
 */
record ManifestChoice(
        ImageReference reference,
        Digest top,
        Manifest manifest,
        ManifestDocument document,
        List<RegistryClient> sources) {
    private static final int MAX_DEPTH = 4;
    private static final String DOCKER_REFERENCE = "vnd.docker.reference.type";

    /** Asks one source after the other; the last one is the registry itself, whose error is the one to show. */
    static ManifestChoice find(OciJson json, List<RegistryClient> sources, ImageReference reference, Platform platform)
            throws IOException {
        for (int i = 0; ; i++) {
            boolean last = i == sources.size() - 1;
            try {
                return find(json, sources.get(i), sources.subList(i, sources.size()), reference, platform);
            } catch (RegistryException e) {
                if (last) {
                    throw explained(reference, e);
                }
            }
        }
    }

    private static ManifestChoice find(
            OciJson json,
            RegistryClient source,
            List<RegistryClient> sources,
            ImageReference reference,
            Platform platform)
            throws IOException {
        ManifestDocument document = source.manifest(tagOrDigest(reference));
        Digest top = document.digest();
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            String type = type(json, document, reference);
            if (MediaType.isManifest(type)) {
                Manifest manifest =
                        json.read(document.content(), Manifest.class, "manifest of image '" + reference + "'");
                return new ManifestChoice(reference, top, manifest, document, sources);
            }
            if (!MediaType.isIndex(type)) {
                throw new ImageException("image '%s' has a manifest of type '%s', which is not supported%s"
                        .formatted(
                                reference,
                                type,
                                type.contains("v1+") ? ": it is of before 2017, push it again with a newer tool" : ""));
            }
            Index index = json.read(document.content(), Index.class, "index of image '" + reference + "'");
            document =
                    source.manifest(choose(index, reference, platform).digest().toString());
        }
        throw new ImageException("image '" + reference + "' has indexes within indexes, more than " + MAX_DEPTH);
    }

    static String tagOrDigest(ImageReference reference) {
        Digest digest = reference.digest();
        return digest == null ? String.valueOf(reference.tag()) : digest.toString();
    }

    /** The document's own word, if it has one: some servers give all JSON one type. */
    private static String type(OciJson json, ManifestDocument document, ImageReference reference) throws IOException {
        TypeOnly own = json.read(document.content(), TypeOnly.class, "manifest of image '" + reference + "'");
        if (!own.mediaType().isEmpty()) {
            return own.mediaType();
        }
        boolean known = MediaType.isManifest(document.mediaType()) || MediaType.isIndex(document.mediaType());
        if (known || own.schemaVersion() != 2) {
            return document.mediaType();
        }
        return own.manifests().isEmpty() ? MediaType.OCI_MANIFEST : MediaType.OCI_INDEX;
    }

    private static Descriptor choose(Index index, ImageReference reference, Platform platform) throws ImageException {
        Descriptor best = null;
        int bestSuits = 0;
        TreeSet<String> others = new TreeSet<>();
        for (Descriptor descriptor : index.manifests()) {
            Platform of = descriptor.platform();
            if (descriptor.annotations().containsKey(DOCKER_REFERENCE)) {
                continue;
            }
            int suits = of == null ? 1 : platform.suits(of);
            if (suits > bestSuits) {
                best = descriptor;
                bestSuits = suits;
            }
            if (of != null) {
                others.add(of.toString());
            }
        }
        if (best == null) {
            throw new ImageException(
                    "no matching manifest for %s in the manifest list entries of image '%s': it is there"
                                    .formatted(platform, reference)
                            + " for " + String.join(", ", others));
        }
        return best;
    }

    /** As Docker says it, with what to do. */
    static IOException explained(ImageReference reference, RegistryException e) {
        return switch (e.kind()) {
            case DENIED ->
                new RegistryException(
                        e.kind(),
                        "pull access denied for %s, repository does not exist or may require 'jcompose login%s': %s"
                                .formatted(
                                        reference.familiarName(),
                                        reference.registry().equals(ImageReference.DEFAULT_REGISTRY)
                                                ? ""
                                                : " " + reference.registry(),
                                        e.getMessage()),
                        e);
            default -> e;
        };
    }

    /** What says of a document what it is. */
    record TypeOnly(int schemaVersion, String mediaType, List<Object> manifests) {
        TypeOnly(int schemaVersion, @Nullable String mediaType, @Nullable List<Object> manifests) {
            this.schemaVersion = schemaVersion;
            this.mediaType = mediaType == null ? "" : mediaType;
            this.manifests = manifests == null ? List.of() : List.copyOf(manifests);
        }
    }
}

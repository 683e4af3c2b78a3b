package dev.jcompose.images.build.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.oci.Digest;
import java.security.MessageDigest;
import java.util.Collection;

/** Collects what a layer is made from. Every part is delimited: no two different lists of parts give one digest. */
public final class CacheKey {
    private final MessageDigest sha256 = Digest.sha256();

    /** Begins a key of some kind, with a version of how it is made. */
    public CacheKey(String kind) {
        add(kind);
    }

    /** Adds a part. */
    public CacheKey add(String part) {
        byte[] bytes = part.getBytes(UTF_8);
        sha256.update((bytes.length + ":").getBytes(UTF_8));
        sha256.update(bytes);
        return this;
    }

    /** Adds parts, and how many they are. */
    public CacheKey add(Collection<String> parts) {
        add(Integer.toString(parts.size()));
        parts.forEach(this::add);
        return this;
    }

    /** The digest; nothing can be added after. */
    public Digest digest() {
        return Digest.of(sha256);
    }
}

package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mount of a service, in canonical form.
 *
 * @param type what is mounted
 * @param source absolute host path (bind), key of a top-level volume (volume; null for an anonymous one), image
 *     reference (image)
 * @param target absolute, clean path in the container
 * @param readOnly true: mounted read-only
 * @param consistency accepted and ignored
 * @param bind options of a bind mount
 * @param volume options of a volume mount
 * @param tmpfs options of a tmpfs mount
 * @param image options of an image mount
 * @param extensions {@code x-*} keys, as plain values
 */
public record ServiceVolume(
        Type type,
        @Nullable String source,
        @Nullable String target,
        boolean readOnly,
        @Nullable String consistency,
        @Nullable Bind bind,
        @Nullable VolumeOptions volume,
        @Nullable Tmpfs tmpfs,
        @Nullable Image image,
        Map<String, @Nullable Object> extensions) {

    public ServiceVolume {
        extensions = Immutable.map(extensions);
    }

    /** One without extensions. */
    public ServiceVolume(
            Type type,
            @Nullable String source,
            @Nullable String target,
            boolean readOnly,
            @Nullable String consistency,
            @Nullable Bind bind,
            @Nullable VolumeOptions volume,
            @Nullable Tmpfs tmpfs,
            @Nullable Image image) {
        this(type, source, target, readOnly, consistency, bind, volume, tmpfs, image, Map.of());
    }

    /** What is mounted. */
    public enum Type {
        /** A path of the host. */
        BIND,
        /** A named or anonymous volume. */
        VOLUME,
        /** Memory. */
        TMPFS,
        /** The file system of an image. */
        IMAGE,
        /** Windows named pipe; accepted, not supported. */
        NPIPE,
        /** Swarm cluster volume; accepted, not supported. */
        CLUSTER
    }
    /**
     * Options of a bind mount.
     *
     * @param propagation {@code rprivate}, {@code shared} ..., null for the default
     * @param createHostPath true: a missing host directory is created
     * @param selinux {@code z} or {@code Z}
     * @param recursive {@code enabled}, {@code disabled}, {@code writable} or {@code readonly}
     */
    public record Bind(
            @Nullable String propagation,
            boolean createHostPath,
            @Nullable String selinux,
            @Nullable String recursive) {}
    /**
     * Options of a volume mount.
     *
     * @param nocopy true: a new volume is not filled from the image
     * @param subpath path inside the volume
     * @param labels labels of an anonymous volume
     */
    public record VolumeOptions(boolean nocopy, @Nullable String subpath, Map<String, String> labels) {
        public VolumeOptions {
            labels = Immutable.map(labels);
        }
    }
    /**
     * Options of a tmpfs mount.
     *
     * @param size bytes, 0 for no limit
     * @param mode permission bits by value, 0 for the default (01777)
     */
    public record Tmpfs(long size, int mode) {}
    /**
     * Options of an image mount.
     *
     * @param subpath path inside the image
     */
    public record Image(@Nullable String subpath) {}
}

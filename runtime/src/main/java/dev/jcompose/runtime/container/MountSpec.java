package dev.jcompose.runtime.container;

import java.nio.file.Path;
import java.util.List;

/** Something mounted into a container. */
public sealed interface MountSpec {

    /**
     * Absolute path in the container. Symbolic links on the way are followed inside the container's root only; what is
     * missing is made. Not below {@code /proc}.
     */
    String destination();

    /** What passes between this mount and the one it was made from when something is mounted below either. */
    enum Propagation {
        /** Nothing. */
        PRIVATE,
        /** Mounts of the host appear in the container. */
        SLAVE,
        /** Both ways. */
        SHARED
    }

    /**
     * A file or directory of the host.
     *
     * @param source must exist
     * @param readOnly also applies to the mounts below the source, unless {@code writableBelow}
     * @param recursive whether mounts below the source are taken along
     * @param ownedByUser whether the source's owner and group appear as the container's user and its group, and the
     *     other way round: what the user writes then belongs to the owner on the host
     * @param writableBelow whether the mounts below a read-only source stay as they are
     */
    record BindMount(
            Path source,
            String destination,
            boolean readOnly,
            boolean recursive,
            Propagation propagation,
            boolean ownedByUser,
            boolean writableBelow)
            implements MountSpec {
        public BindMount {
            requireDestination(destination);
        }

        /** One with the owners that its files have. */
        public BindMount(
                Path source, String destination, boolean readOnly, boolean recursive, Propagation propagation) {
            this(source, destination, readOnly, recursive, propagation, false, false);
        }

        /** The same, with {@link #ownedByUser}. */
        public BindMount asOwnedByUser() {
            return new BindMount(source, destination, readOnly, recursive, propagation, true, writableBelow);
        }

        /** The same, with {@link #writableBelow}. */
        public BindMount withMountsBelowAsTheyAre() {
            return new BindMount(source, destination, readOnly, recursive, propagation, ownedByUser, true);
        }

        /** A recursive, private bind mount. */
        public static BindMount of(Path source, String destination, boolean readOnly) {
            return new BindMount(source, destination, readOnly, true, Propagation.PRIVATE);
        }

        /** The same, read-only. */
        public BindMount asReadOnly() {
            return new BindMount(source, destination, true, recursive, propagation, ownedByUser, writableBelow);
        }
    }

    /**
     * A file system in memory.
     *
     * @param sizeBytes 0 for the kernel's default, half of the memory
     * @param mode permission bits of its root, as 01777
     * @param uid owner of its root
     * @param gid group of its root
     * @param executable whether programs may be run from it
     */
    record TmpfsMount(
            String destination, long sizeBytes, int mode, int uid, int gid, boolean readOnly, boolean executable)
            implements MountSpec {
        public TmpfsMount {
            requireDestination(destination);
            if (sizeBytes < 0) {
                throw new IllegalArgumentException("size " + sizeBytes + " of tmpfs " + destination + " is negative");
            }
        }

        /** What Docker's {@code --tmpfs} gives: mode 1777, no programs. */
        public static TmpfsMount of(String destination) {
            return new TmpfsMount(destination, 0, 01777, 0, 0, false, false);
        }
    }

    /**
     * The layers of an image, read-only.
     *
     * @param layers directories, the bottom one first
     * @param subpath a directory in the image; empty for all of it
     */
    record ImageMount(String destination, List<Path> layers, String subpath) implements MountSpec {
        public ImageMount {
            requireDestination(destination);
            layers = List.copyOf(layers);
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("an image without layers cannot be mounted on " + destination);
            }
        }
    }

    /** A read-only file in memory: what is in it is on no disk, and in no message. */
    final class MemoryFile implements MountSpec {
        private final String destination;
        private final byte[] content;
        private final int uid;
        private final int gid;
        private final int mode;

        /**
         * @param uid owner
         * @param gid group
         * @param mode permission bits, as 0444
         */
        public MemoryFile(String destination, byte[] content, int uid, int gid, int mode) {
            requireDestination(destination);
            if (uid < 0 || gid < 0 || mode < 0 || mode > 07777) {
                throw new IllegalArgumentException("file " + destination + " cannot have owner " + uid + ":" + gid
                        + " and mode " + Integer.toOctalString(mode));
            }
            this.destination = destination;
            this.content = content.clone();
            this.uid = uid;
            this.gid = gid;
            this.mode = mode;
        }

        @Override
        public String destination() {
            return destination;
        }

        /** A copy. */
        public byte[] content() {
            return content.clone();
        }

        public int uid() {
            return uid;
        }

        public int gid() {
            return gid;
        }

        public int mode() {
            return mode;
        }

        @Override
        public String toString() {
            return "MemoryFile[" + destination + ", " + content.length + " bytes]";
        }
    }

    private static void requireDestination(String destination) {
        Paths.requireAbsolute("mount destination", destination);
        Path normal = Path.of(destination).normalize();
        if (normal.getNameCount() == 0 || normal.startsWith("/proc")) {
            throw new IllegalArgumentException(
                    "mount destination \"" + destination + "\" is / or inside /proc, which cannot be mounted over");
        }
    }
}

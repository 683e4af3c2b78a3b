package dev.jcompose.linux;

/**
 * What statx(2) says of a file.
 *
 * @param mode type and permission bits, see {@link Fcntl#S_IFMT}
 * @param sizeBytes for a symbolic link the length of its target
 * @param mtimeSeconds seconds since the epoch
 * @param mtimeNanos nanoseconds within that second
 * @param rdevMajor for a device node, its major number
 * @param rdevMinor for a device node, its minor number
 * @param devMajor of the device that holds the file
 * @param devMinor of the device that holds the file
 * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
 */
public record Stat(
        int mode,
        int linkCount,
        int uid,
        int gid,
        long inode,
        long sizeBytes,
        long mtimeSeconds,
        int mtimeNanos,
        int rdevMajor,
        int rdevMinor,
        int devMajor,
        int devMinor) {

    /** Whether the type bits are {@code type}, one of {@code S_IF*}. */
    public boolean isType(int type) {
        return (mode & Fcntl.S_IFMT) == type;
    }

    /** The permission bits, set-id and sticky bits included: {@code mode & 07777}. */
    public int permissions() {
        return mode & 0xfff;
    }
}

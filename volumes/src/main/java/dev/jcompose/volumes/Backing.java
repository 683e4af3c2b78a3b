package dev.jcompose.volumes;

import java.nio.file.Path;

/** Where the data of a volume really is. */
sealed interface Backing {

    /** In the volume's own directory. */
    record Own() implements Backing {}

    /** In a directory elsewhere on this machine. */
    record Elsewhere(Path directory) implements Backing {}

    /**
     * On a file system that is mounted on the volume's own directory while a container uses it.
     *
     * @param type as in {@code /proc/filesystems}
     * @param device what mount(2) calls the source
     * @param flags {@code MS_*}
     * @param data options of the file system, with commas between them; may be empty
     * @param loop whether the device is a file that a loop device has to stand for
     */
    record FileSystem(String type, String device, long flags, String data, boolean loop) implements Backing {}
}

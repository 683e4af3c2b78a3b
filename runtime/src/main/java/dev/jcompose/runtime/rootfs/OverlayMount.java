package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.runtime.container.RootfsSpec;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.nio.file.Path;
import java.util.List;

/**
 * Mounts the layers of a container over each other.
 *
 * <p>The layers are opened, moved to known descriptor numbers, and named to overlayfs by these numbers, relative to
 * {@code /proc/self/fd}. So 500 layers fit into the page that mount options may fill, nothing in a path needs escaping,
 * and {@code /proc/mounts} in the container tells nothing of the host's directories.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">Overlay Filesystem</a>
 */
public final class OverlayMount {
    private static final int UPPER_FD = 98;
    private static final int WORK_FD = 99;
    private static final int FIRST_LOWER_FD = 100;

    private final RootfsSpec spec;

    public OverlayMount(RootfsSpec spec) {
        this.spec = spec;
    }

    /** Adds the mount; returns its root. The program's descriptors from 98 on are taken. */
    public ContainerRoot addTo(LaunchCalls calls) {
        calls.program().purpose("mount the root file system");
        List<Path> lower = spec.lowerDirectories();
        StringBuilder options = new StringBuilder("lowerdir=");
        for (int i = 0; i < lower.size(); i++) {
            // Lower directories are given bottom first; overlayfs wants the top one first.
            open(calls, lower.get(lower.size() - 1 - i), FIRST_LOWER_FD + i);
            options.append(i == 0 ? "" : ":").append(FIRST_LOWER_FD + i);
        }
        open(calls, spec.upper(), UPPER_FD);
        open(calls, spec.work(), WORK_FD);
        options.append(",upperdir=").append(UPPER_FD).append(",workdir=").append(WORK_FD);
        // An index would tie the upper directory to these very layers, and refuse it after a rebuild of the store.
        options.append(",index=off");
        calls.chdir("/proc/self/fd");
        calls.mount("overlay", spec.mountPoint().toString(), "overlay", 0, options.toString());
        Argument root = calls.openat(
                LaunchCalls.AT_FDCWD, spec.mountPoint().toString(), Fcntl.O_PATH | calls.oDirectory(), 0);
        return new ContainerRoot(calls, root);
    }

    private static void open(LaunchCalls calls, Path directory, int number) {
        calls.dup3(
                calls.openat(LaunchCalls.AT_FDCWD, directory.toString(), Fcntl.O_PATH | calls.oDirectory(), 0), number);
    }
}

package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.runtime.container.RootfsSpec;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Mounts the layers of a container over each other by its own launch program, or what {@link DetachedOverlay} has made
 * of them.
 *
 * <p>The layers are opened, moved to known descriptor numbers, and named to overlayfs by these numbers, relative to
 * {@code /proc/self/fd}. So 500 layers fit into the page that mount options may fill, nothing in a path needs escaping,
 * and {@code /proc/mounts} in the container tells nothing of the host's directories.
 *
 * <p>{@link OuterLayers} are first wrapped into overlays of their own, whose roots lie in no other directory.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">Overlay Filesystem</a>
 */
public final class OverlayMount {
    /** Higher than what a program without these opens: they count up from the lowest free number. */
    private static final int EMPTY_FD = 497;

    private static final int UPPER_FD = 498;
    private static final int WORK_FD = 499;
    private static final int FIRST_LOWER_FD = 500;

    /** An index would tie the upper directory to these very layers. */
    private static final String OPTIONS = ",index=off";

    private final RootfsSpec spec;

    public OverlayMount(RootfsSpec spec) {
        this.spec = spec;
    }

    /**
     * Adds the mount; returns its root. The program's descriptors from 497 on are taken.
     *
     * @throws IOException if a layer is not there
     */
    public ContainerRoot addTo(LaunchCalls calls) throws IOException {
        calls.program().purpose("mount the root file system");
        List<Path> lower = spec.lowerDirectories();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < lower.size(); i++) {
            // Lower directories are given bottom first; overlayfs wants the top one first.
            open(calls, lower.get(lower.size() - 1 - i), FIRST_LOWER_FD + i);
            names.append(i == 0 ? "" : ":").append(FIRST_LOWER_FD + i);
        }
        open(calls, spec.upper(), UPPER_FD);
        calls.tryMkdirat(LaunchCalls.AT_FDCWD, spec.work().toString(), 0755);
        open(calls, spec.work(), WORK_FD);
        calls.chdir("/proc/self/fd");
        wrapOuterLayers(calls);
        mount(calls, "", "lowerdir=" + names + ",upperdir=" + UPPER_FD + ",workdir=" + WORK_FD);
        return new ContainerRoot(calls, openDirectory(calls, spec.mountPoint()));
    }

    /** Adds that {@code mounted}, which {@link DetachedOverlay} has made, becomes the root; returns that. */
    public ContainerRoot attach(LaunchCalls calls, Argument mounted) {
        calls.program().purpose("mount the root file system");
        calls.moveMount(mounted, openDirectory(calls, spec.mountPoint()));
        return new ContainerRoot(calls, mounted);
    }

    private void wrapOuterLayers(LaunchCalls calls) throws IOException {
        List<Path> lower = spec.lowerDirectories();
        Set<Path> outer = OuterLayers.of(lower);
        boolean prepared = false;
        for (int i = 0; i < lower.size(); i++) {
            if (!outer.contains(lower.get(lower.size() - 1 - i))) {
                continue;
            }
            String base = "base" + i;
            if (!prepared) {
                calls.mount("tmpfs", spec.mountPoint().toString(), "tmpfs", 0, "mode=700,size=64k");
                calls.tryMkdirat(LaunchCalls.AT_FDCWD, path("empty"), 0700);
                calls.dup3(openDirectory(calls, spec.mountPoint().resolve("empty")), EMPTY_FD);
                prepared = true;
            }
            calls.tryMkdirat(LaunchCalls.AT_FDCWD, path(base), 0700);
            // Without an upper directory, two lower ones are the least.
            mount(calls, base, "lowerdir=" + (FIRST_LOWER_FD + i) + ":" + EMPTY_FD);
            open(calls, spec.mountPoint().resolve(base), FIRST_LOWER_FD + i);
        }
    }

    /**
     * Adds a mount of an image's layers on an open directory, with nothing to write to. {@code /proc} must be the
     * host's still; descriptors are taken as by {@link #addTo}, which comes before.
     *
     * @param layers the bottom one first
     */
    static void addReadOnly(LaunchCalls calls, List<Path> layers, Argument target) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < layers.size(); i++) {
            open(calls, layers.get(layers.size() - 1 - i), FIRST_LOWER_FD + i);
            names.append(i == 0 ? "" : ":").append("/proc/self/fd/").append(FIRST_LOWER_FD + i);
        }
        calls.mountOn(
                target,
                "overlay",
                "overlay",
                Mount.MS_RDONLY | Mount.MS_NOSUID | Mount.MS_NODEV,
                "lowerdir=" + names + OPTIONS);
    }

    private void mount(LaunchCalls calls, String name, String layers) {
        calls.mount("overlay", path(name), "overlay", 0, layers + OPTIONS);
    }

    private String path(String name) {
        return spec.mountPoint().resolve(name).toString();
    }

    private static void open(LaunchCalls calls, Path directory, int number) {
        Argument opened = openDirectory(calls, directory);
        calls.dup3(opened, number);
        calls.close(opened);
    }

    private static Argument openDirectory(LaunchCalls calls, Path directory) {
        return calls.openat(LaunchCalls.AT_FDCWD, directory.toString(), Fcntl.O_PATH | calls.oDirectory(), 0);
    }
}

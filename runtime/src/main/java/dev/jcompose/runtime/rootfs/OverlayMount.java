package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.runtime.container.RootfsSpec;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Mounts the layers of a container over each other.
 *
 * <p>The layers are opened, moved to known descriptor numbers, and named to overlayfs by these numbers, relative to
 * {@code /proc/self/fd}. So 500 layers fit into the page that mount options may fill, nothing in a path needs escaping,
 * and {@code /proc/mounts} in the container tells nothing of the host's directories.
 *
 * <p>Overlayfs refuses a lower directory that lies inside another one on the same file system ({@code ELOOP}), as a
 * layer in the store does when the host's {@code /} is a layer too. The outer one is then wrapped into an overlay of
 * its own, whose root lies in no other directory. An upper directory inside a lower one is accepted.
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
        open(calls, spec.work(), WORK_FD);
        calls.chdir("/proc/self/fd");
        wrapOuterLayers(calls);
        mount(calls, "", "lowerdir=" + names + ",upperdir=" + UPPER_FD + ",workdir=" + WORK_FD);
        return new ContainerRoot(calls, openDirectory(calls, spec.mountPoint()));
    }

    private void wrapOuterLayers(LaunchCalls calls) throws IOException {
        List<Path> lower = spec.lowerDirectories();
        if (lower.size() == 1) {
            return;
        }
        List<Path> real = new ArrayList<>();
        for (Path layer : lower) {
            real.add(layer.toRealPath());
        }
        boolean prepared = false;
        for (int i = 0; i < lower.size(); i++) {
            if (!isOuter(real.get(lower.size() - 1 - i), real)) {
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

    /** Whether another layer lies inside {@code layer}, on the same file system. */
    private static boolean isOuter(Path layer, List<Path> all) throws IOException {
        for (Path other : all) {
            if (other.startsWith(layer) && !other.equals(layer) && device(other).equals(device(layer))) {
                return true;
            }
        }
        return false;
    }

    private static Object device(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev");
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

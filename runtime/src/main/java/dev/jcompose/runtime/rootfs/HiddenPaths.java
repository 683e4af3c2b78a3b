package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of {@code /proc} and {@code /sys} that are hidden from a container or that it cannot write.
 *
 * <p>A file is hidden by {@code /dev/null} and a directory by an empty tmpfs. The null device is the host's, which was
 * checked, and not one that an image could have replaced (CVE-2025-31133). Which paths there are is the kernel's choice
 * and the same inside and outside, so the host's are looked at, once.
 */
public final class HiddenPaths {
    private static final long NOTHING_SPECIAL = Mount.MS_NOSUID | Mount.MS_NODEV | Mount.MS_NOEXEC;
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private final List<String> maskedFiles;
    private final List<String> maskedDirectories;
    private final List<String> readonlyPaths;

    private HiddenPaths(List<String> maskedFiles, List<String> maskedDirectories, List<String> readonlyPaths) {
        this.maskedFiles = maskedFiles;
        this.maskedDirectories = maskedDirectories;
        this.readonlyPaths = readonlyPaths;
    }

    /** Nothing hidden: a privileged container. */
    public static HiddenPaths none() {
        return new HiddenPaths(List.of(), List.of(), List.of());
    }

    /**
     * Those of the given paths that this kernel has, and the thermal counters of its processors, which are masked too.
     */
    public static HiddenPaths of(List<String> maskedPaths, List<String> readonlyPaths) throws IOException {
        List<String> files = new ArrayList<>();
        List<String> directories = new ArrayList<>();
        List<String> masked = new ArrayList<>(maskedPaths);
        masked.addAll(thermalCounters());
        for (String path : masked) {
            if (Files.isDirectory(Path.of(path))) {
                directories.add(path);
            } else if (Files.exists(Path.of(path))) {
                files.add(path);
            }
        }
        return new HiddenPaths(
                files,
                directories,
                readonlyPaths.stream()
                        .filter(path -> Files.exists(Path.of(path)))
                        .toList());
    }

    private static List<String> thermalCounters() throws IOException {
        List<String> found = new ArrayList<>();
        if (Files.isDirectory(CPUS)) {
            try (DirectoryStream<Path> cpus = Files.newDirectoryStream(CPUS, "cpu[0-9]*")) {
                cpus.forEach(cpu -> found.add(cpu.resolve("thermal_throttle").toString()));
            }
        }
        return found;
    }

    /** Adds the mounts, after {@code /proc} and {@code /sys} are there. */
    public void addTo(LaunchCalls calls, ContainerRoot root) {
        for (String path : readonlyPaths) {
            calls.program().purpose("make " + path + " read-only");
            Argument target = root.open(path);
            Argument copy = calls.openTree(target, "", Mount.OPEN_TREE_CLONE | Fcntl.AT_RECURSIVE);
            calls.mountSetattr(copy, true, Mount.MOUNT_ATTR_RDONLY, 0);
            calls.moveMount(copy, target);
        }
        if (!maskedFiles.isEmpty()) {
            calls.program().purpose("open /dev/null");
            Argument nothing = calls.openat(LaunchCalls.AT_FDCWD, "/dev/null", Fcntl.O_PATH | calls.oNofollow(), 0);
            for (String path : maskedFiles) {
                calls.program().purpose("hide " + path);
                Argument copy = calls.openTree(nothing, "", Mount.OPEN_TREE_CLONE);
                calls.mountSetattr(copy, false, Mount.MOUNT_ATTR_RDONLY, Mount.MS_PRIVATE);
                calls.moveMount(copy, root.open(path));
            }
        }
        Argument empty = null;
        for (String path : maskedDirectories) {
            calls.program().purpose("hide " + path);
            if (empty == null) {
                calls.mountOn(
                        root.openDirectory(path),
                        "tmpfs",
                        "tmpfs",
                        NOTHING_SPECIAL | Mount.MS_RDONLY,
                        "nr_blocks=1,nr_inodes=1");
                empty = root.openDirectory(path);
            } else {
                calls.moveMount(calls.openTree(empty, "", Mount.OPEN_TREE_CLONE), root.openDirectory(path));
            }
        }
    }
}

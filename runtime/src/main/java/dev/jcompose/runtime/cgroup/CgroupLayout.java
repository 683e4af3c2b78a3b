package dev.jcompose.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where this machine has its cgroup hierarchies.
 *
 * @param v1 the version 1 hierarchies that have controllers; a hybrid machine has these and {@code unified}
 * @param unified the mount point of the version 2 hierarchy, null when there is none
 */
public record CgroupLayout(List<Hierarchy> v1, @Nullable String unified) {
    /** Every controller of version 1. Other words in a mount's options are flags such as {@code rw} or names. */
    private static final Set<String> CONTROLLERS = Set.of(
            "cpu",
            "cpuacct",
            "cpuset",
            "memory",
            "devices",
            "freezer",
            "blkio",
            "pids",
            "hugetlb",
            "net_cls",
            "net_prio",
            "perf_event",
            "rdma",
            "misc");

    /**
     * One version 1 hierarchy.
     *
     * @param controllers its controllers, in the kernel's order
     * @param mountPoint where it is mounted
     */
    public record Hierarchy(List<String> controllers, String mountPoint) {
        public Hierarchy {
            controllers = List.copyOf(controllers);
        }
    }

    public CgroupLayout {
        v1 = List.copyOf(v1);
    }

    /** Looks at the mounts of the calling thread's mount namespace. */
    public static CgroupLayout detect() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/thread-self/mountinfo")));
    }

    /**
     * Reads the lines of a {@code mountinfo} file. When a hierarchy is mounted several times, the first one counts:
     * later ones are in containers' root file systems.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">proc_pid_mountinfo(5)</a>
     */
    public static CgroupLayout parse(List<String> mountinfo) {
        Map<List<String>, Hierarchy> v1 = new LinkedHashMap<>();
        String unified = null;
        for (String line : mountinfo) {
            String[] halves = line.split(" - ", 2);
            if (halves.length < 2) {
                continue;
            }
            String mountPoint = unescape(halves[0].split(" ")[4]);
            String[] fileSystem = halves[1].split(" ");
            if (fileSystem[0].equals("cgroup2") && unified == null) {
                unified = mountPoint;
            } else if (fileSystem[0].equals("cgroup")) {
                List<String> controllers = Arrays.stream(fileSystem[2].split(","))
                        .filter(CONTROLLERS::contains)
                        .toList();
                if (!controllers.isEmpty()) {
                    v1.putIfAbsent(controllers, new Hierarchy(controllers, mountPoint));
                }
            }
        }
        return new CgroupLayout(new ArrayList<>(v1.values()), unified);
    }

    /** Whether containers get version 1 cgroups: on a hybrid machine the controllers are there. */
    boolean isV1() {
        return v1.stream()
                .anyMatch(hierarchy -> hierarchy.controllers().contains("memory")
                        || hierarchy.controllers().contains("cpu")
                        || hierarchy.controllers().contains("pids"));
    }

    private static String unescape(String path) {
        return path.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}

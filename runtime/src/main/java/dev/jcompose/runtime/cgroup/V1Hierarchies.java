package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The version 1 hierarchies in which a container gets a cgroup, and the parent cgroup in each.
 *
 * <p>Each hierarchy costs about 0.1 ms per container, so only those are used that every container needs, and
 * {@code cpuset}, the slowest, where its limits are asked for.
 */
final class V1Hierarchies {
    private static final Set<String> ALWAYS = Set.of("memory", "cpu", "cpuacct", "devices", "freezer", "pids");
    private static final String CPUSET = "cpuset";
    private static final int ATTEMPTS = 4;
    private static final List<String> CPUSET_FILES = List.of("cpuset.cpus", "cpuset.mems");

    private final Linux linux;
    private final String parent;
    private final List<CgroupLayout.Hierarchy> always;
    private final List<CgroupLayout.Hierarchy> cpuset;

    V1Hierarchies(Linux linux, CgroupLayout layout, String parent) {
        this.linux = linux;
        this.parent = parent;
        always = layout.v1().stream()
                .filter(hierarchy -> hierarchy.controllers().stream().anyMatch(ALWAYS::contains))
                .toList();
        cpuset = layout.v1().stream()
                .filter(hierarchy -> !always.contains(hierarchy))
                .filter(hierarchy -> hierarchy.controllers().contains(CPUSET))
                .toList();
    }

    /** Those that every container is in. */
    List<CgroupLayout.Hierarchy> always() {
        return always;
    }

    /** All that a container may be in. */
    List<CgroupLayout.Hierarchy> all() {
        List<CgroupLayout.Hierarchy> all = new ArrayList<>(always);
        all.addAll(cpuset);
        return all;
    }

    /** The parent cgroup in one hierarchy, whether it exists or not. */
    CgroupDirectory parent(CgroupLayout.Hierarchy hierarchy) {
        return new CgroupDirectory(linux, hierarchy.mountPoint() + "/" + parent);
    }

    /** A container's cgroup in the hierarchy that has {@code controller}; empty when no hierarchy has it. */
    Optional<CgroupDirectory> of(String controller, String id) {
        return all().stream()
                .filter(hierarchy -> hierarchy.controllers().contains(controller))
                .map(hierarchy -> parent(hierarchy).child(id))
                .findFirst();
    }

    /** Makes a container's cgroup in one hierarchy, and the parent when it is missing. */
    void create(CgroupLayout.Hierarchy hierarchy, String id) throws ErrnoException {
        CgroupDirectory above = parent(hierarchy);
        CgroupDirectory own = above.child(id);
        for (int attempt = 1; ; attempt++) {
            try {
                own.create();
                break;
            } catch (ErrnoException e) {
                // No parent yet, or the end of the last other container has just removed it.
                if (!e.is(Errno.ENOENT) || attempt == ATTEMPTS) {
                    throw e;
                }
                above.create();
            }
        }
        if (hierarchy.controllers().contains(CPUSET)) {
            // A new cpuset is empty, and nothing can run in it, before it is given CPUs and memory nodes.
            inheritCpuset(new CgroupDirectory(linux, hierarchy.mountPoint()), above);
            inheritCpuset(above, own);
        }
    }

    private static void inheritCpuset(CgroupDirectory from, CgroupDirectory to) throws ErrnoException {
        for (String file : CPUSET_FILES) {
            if (to.read(file).isEmpty()) {
                to.write(file, from.read(file));
            }
        }
    }
}

package dev.jcompose.engine.doctor;

import dev.jcompose.runtime.cgroup.CgroupLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether containers can have cgroups, and which limits can be set. */
final class CgroupCheck {
    private static final List<String> V1 = List.of("cpu", "memory", "pids", "devices", "freezer", "cpuset", "blkio");
    private static final List<String> V2 = List.of("cpu", "memory", "pids", "cpuset", "io");

    private final CgroupLayout layout;
    private final Rights rights;

    CgroupCheck(CgroupLayout layout, Rights rights) {
        this.layout = layout;
        this.rights = rights;
    }

    void report(Findings findings) throws IOException {
        boolean v1 = layout.v1().stream().anyMatch(one -> one.controllers().contains("memory"));
        if (!v1 && layout.unified() == null) {
            findings.failure("version", "no cgroup file system is mounted", "mount -t cgroup2 none /sys/fs/cgroup");
            return;
        }
        String where =
                v1 ? "1, at " + Path.of(layout.v1().get(0).mountPoint()).getParent() : "2, at " + layout.unified();
        findings.ok("version", where);
        controllers(findings, v1);
        if (rights.suffice()) {
            trial(findings, v1);
        } else {
            findings.unknown("delegation", "making cgroups was not tried", Rights.REMEDY);
        }
    }

    private void controllers(Findings findings, boolean v1) throws IOException {
        Set<String> there = new TreeSet<>();
        if (v1) {
            layout.v1().forEach(hierarchy -> there.addAll(hierarchy.controllers()));
        } else {
            Path list = Path.of(layout.unified(), "cgroup.controllers");
            there.addAll(List.of(Files.readString(list).strip().split(" ", -1)));
        }
        List<String> missing = new ArrayList<>(v1 ? V1 : V2);
        missing.removeAll(there);
        if (missing.isEmpty()) {
            findings.ok("controllers", String.join(", ", v1 ? V1 : V2));
        } else {
            findings.warning(
                    "controllers",
                    "without " + String.join(", ", missing) + ": such limits of a service are errors",
                    missing.contains("memory")
                            ? "boot with cgroup_enable=memory (cgroup_disable must not name it)"
                            : "take a kernel that has them, or delegate them to this cgroup (systemd: Delegate=yes)");
        }
    }

    /** Makes a cgroup in each hierarchy and removes it. */
    private void trial(Findings findings, boolean v1) {
        List<String> mounts = v1
                ? layout.v1().stream().map(CgroupLayout.Hierarchy::mountPoint).toList()
                : List.of(String.valueOf(layout.unified()));
        for (String mount : mounts) {
            Path cgroup =
                    Path.of(mount, "jcompose-doctor-" + ProcessHandle.current().pid());
            try {
                Files.createDirectory(cgroup);
                Files.delete(cgroup);
            } catch (IOException e) {
                findings.failure(
                        "delegation",
                        "cannot make a cgroup: " + e,
                        "mount " + mount + " read-write; in a container: --privileged, or --cgroupns=private with a"
                                + " writable /sys/fs/cgroup");
                return;
            }
        }
        findings.ok("delegation", "cgroups can be made");
    }
}

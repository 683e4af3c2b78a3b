package dev.jcompose.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Kernel;
import dev.jcompose.linux.Linux;
import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupLayoutTest {
    private static final Kernel NO_KERNEL = (call, a, b, c, d, e, f) -> {
        throw new AssertionError("no system call is expected");
    };

    private static final String V2 = "29 22 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate";

    @Test
    void pureVersion2IsOneMount() {
        CgroupLayout layout = CgroupLayout.parse(List.of("22 1 8:1 / / rw - ext4 /dev/sda1 rw", V2));
        assertThat(layout).isEqualTo(new CgroupLayout(List.of(), "/sys/fs/cgroup"));
        assertThat(new Cgroups(new Linux(NO_KERNEL), layout, "jcompose").mounts())
                .containsExactly(new CgroupMount("cgroup2", "", "", List.of()));
    }

    @Test
    void hybridIsVersion1WithItsSharedHierarchiesAndWithoutTheNamedOne() {
        CgroupLayout layout = CgroupLayout.parse(List.of(
                "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755",
                "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct",
                "33 31 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
                "40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd",
                "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw",
                "99 31 0:30 / /run/with\\040space/memory rw - cgroup cgroup rw,memory"));
        assertThat(layout.v1())
                .containsExactly(
                        new CgroupLayout.Hierarchy(List.of("cpu", "cpuacct"), "/sys/fs/cgroup/cpu,cpuacct"),
                        new CgroupLayout.Hierarchy(List.of("memory"), "/sys/fs/cgroup/memory"));
        assertThat(layout.unified()).isEqualTo("/sys/fs/cgroup/unified");
        assertThat(new Cgroups(new Linux(NO_KERNEL), layout, "jcompose").mounts())
                .containsExactly(
                        new CgroupMount("tmpfs", "", "mode=755,size=64k", List.of()),
                        new CgroupMount("cgroup", "cpu,cpuacct", "cpu,cpuacct", List.of("cpu", "cpuacct")),
                        new CgroupMount("cgroup", "memory", "memory", List.of()));
    }

    @Test
    void spacesInMountPointsAreUnescaped() {
        assertThat(CgroupLayout.parse(List.of("29 22 0:26 / /a\\040b\\134c rw - cgroup2 cgroup2 rw"))
                        .unified())
                .isEqualTo("/a b\\c");
    }

    @Test
    void aMachineWithoutCgroupsIsAClearError() {
        Cgroups cgroups = new Cgroups(new Linux(NO_KERNEL), CgroupLayout.parse(List.of()), "jcompose");
        assertThat(cgroups.mounts()).isEmpty();
        assertThatThrownBy(() -> cgroups.create("web", CgroupLimits.NONE))
                .isInstanceOf(CgroupException.class)
                .hasMessage("no cgroup file system is mounted on this machine");
    }

    @Test
    void aNameThatLeavesTheParentIsRefused() {
        Cgroups cgroups = new Cgroups(new Linux(NO_KERNEL), CgroupLayout.parse(List.of(V2)), "jcompose");
        for (String id : List.of("", "..", "../x", "a/b", ".hidden")) {
            assertThatThrownBy(() -> cgroups.find(id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + id + "\"");
        }
    }
}

package dev.jcompose.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a directory that looks like a version 2 hierarchy: the files are there, and keep what is written to them. */
class V2LimitsTest {
    private static final List<String> FILES = List.of(
            "memory.max",
            "memory.low",
            "memory.swap.max",
            "cpu.max",
            "cpu.weight",
            "cpuset.cpus",
            "cpuset.mems",
            "pids.max");

    @TempDir
    Path root;

    private Path container;
    private Cgroups cgroups;

    @BeforeEach
    void makeHierarchy() throws IOException {
        container = Files.createDirectories(root.resolve("jcompose/web"));
        cgroups = new Cgroups(Linux.load(), new CgroupLayout(List.of(), root.toString()), "jcompose");
        for (Path directory : List.of(root, container.getParent())) {
            Files.writeString(directory.resolve("cgroup.controllers"), "cpuset cpu memory pids\n");
            Files.writeString(directory.resolve("cgroup.subtree_control"), "cpuset cpu memory pids\n");
        }
        for (String file : FILES) {
            Files.createFile(container.resolve(file));
        }
    }

    private static CgroupLimits.Builder limits() {
        // The device rules need a real cgroup.
        return CgroupLimits.builder().devices(List.of(DeviceRule.EVERYTHING));
    }

    private String written(String file) throws IOException {
        return Files.readString(container.resolve(file));
    }

    @Test
    void swapIsLimitedByItself() throws IOException {
        cgroups.create(
                "web",
                limits().memoryBytes(1000L)
                        .memorySwapBytes(1500L)
                        .memoryReservationBytes(7L)
                        .build());
        assertThat(written("memory.max")).isEqualTo("1000");
        assertThat(written("memory.swap.max")).isEqualTo("500");
        assertThat(written("memory.low")).isEqualTo("7");
    }

    @Test
    void withoutASwapLimitThereMayBeAsMuchSwapAsMemory() throws IOException {
        cgroups.create("web", limits().memoryBytes(1000L).build());
        assertThat(written("memory.swap.max")).isEqualTo("1000");
    }

    @Test
    void minusOneIsNoLimit() throws IOException {
        cgroups.create(
                "web",
                limits().memoryBytes(1000L).memorySwapBytes(-1L).pidsLimit(-1L).build());
        assertThat(written("memory.swap.max")).isEqualTo("max");
        assertThat(written("pids.max")).isEqualTo("max");
    }

    @Test
    void quotaAndPeriodAreOneFile() throws IOException {
        cgroups.create("web", limits().cpuQuotaMicros(50_000L).cpuShares(1024L).build());
        assertThat(written("cpu.max")).isEqualTo("50000 100000");
        assertThat(written("cpu.weight")).isEqualTo("100");
        assertThat(written("memory.max")).isEmpty();
    }

    @Test
    void cpusAndMemoryNodesAreSet() throws IOException {
        cgroups.create("web", limits().cpusetCpus("0-1").cpusetMems("0").build());
        assertThat(written("cpuset.cpus")).isEqualTo("0-1");
        assertThat(written("cpuset.mems")).isEqualTo("0");
    }

    @Test
    void controllersAreSwitchedOnFromTheRootDown() throws IOException {
        for (Path directory : List.of(root, container.getParent())) {
            Files.writeString(directory.resolve("cgroup.subtree_control"), "cpu memory");
        }
        cgroups.create("web", limits().build());
        // A plain file keeps what is written over its beginning: the kernel would add the controller to its list.
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("+pidsemory");
        assertThat(root.resolve("jcompose/cgroup.subtree_control")).hasContent("+pidsemory");
    }

    @Test
    void aSwapLimitThatTheMachineCannotSetIsAnError() throws IOException {
        Files.delete(container.resolve("memory.swap.max"));
        cgroups.create("web", limits().memoryBytes(1000L).build());
        assertThatThrownBy(() -> cgroups.create(
                        "web",
                        limits().memoryBytes(1000L).memorySwapBytes(2000L).build()))
                .hasMessageStartingWith("a swap limit cannot be set on cgroup")
                .hasMessageContaining("swap is not accounted on this machine");
    }

    @Test
    void countersAreRead() throws IOException {
        Files.writeString(container.resolve("memory.current"), "4096\n");
        Files.writeString(container.resolve("memory.max"), "max\n");
        Files.writeString(container.resolve("memory.stat"), "anon 1\ninactive_file 512\n");
        Files.writeString(container.resolve("cpu.stat"), "usage_usec 20\nnr_throttled 3\n");
        Files.writeString(container.resolve("memory.events"), "oom 2\noom_kill 1\noom_group_kill 0\n");
        ContainerCgroup cgroup = cgroups.find("web");
        Files.delete(container.resolve("pids.max"));
        assertThat(cgroup.stats())
                .isEqualTo(new CgroupStats(
                        4096,
                        CgroupStats.UNKNOWN,
                        CgroupStats.UNLIMITED,
                        512,
                        20_000,
                        3,
                        CgroupStats.UNKNOWN,
                        CgroupStats.UNKNOWN));
        assertThat(cgroup.oomKills()).isEqualTo(1);
    }

    @Test
    void aContainerThatIsGoneHasNoNumbersAndNoProcesses() throws IOException {
        ContainerCgroup gone = cgroups.find("gone");
        assertThat(gone.pids()).isEmpty();
        assertThat(gone.oomKills()).isZero();
        assertThat(gone.stats().memoryBytes()).isEqualTo(CgroupStats.UNKNOWN);
        gone.remove();
    }
}

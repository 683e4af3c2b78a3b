package dev.jcompose.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class V1CgroupIT {
    private ScratchCgroups scratch;
    private Cgroups cgroups;

    @BeforeEach
    void findHierarchies() throws IOException {
        CgroupLayout layout = CgroupLayout.detect();
        assumeThat(layout.isV1()).as("this machine has version 1 controllers").isTrue();
        scratch = new ScratchCgroups(layout);
        cgroups = scratch.cgroups;
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        if (scratch != null) {
            scratch.close();
        }
    }

    @Test
    void aProcessThatMovesItselfIsInEveryHierarchy() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        String lines = scratch.run(cgroup, "cat /proc/self/cgroup");
        for (String controller : List.of("memory", "cpu", "cpuacct", "devices", "freezer", "pids")) {
            assertThat(lines).containsPattern("[:,]" + controller + "[:,].*/jcompose-test-[0-9-]+/web");
        }
        assertThat(cgroup.pids()).isEmpty();
    }

    @Test
    void aProcessIsAddedByItsPid() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        Process process = new ProcessBuilder("/bin/sleep", "60").start();
        cgroup.add((int) process.pid());
        assertThat(cgroup.pids()).containsExactly((int) process.pid());
        cgroup.killAll();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void limitsAreWhatTheKernelThenSays() throws Exception {
        ContainerCgroup cgroup = cgroups.create(
                "web",
                CgroupLimits.builder()
                        .memoryBytes(64L << 20)
                        .memoryReservationBytes(32L << 20)
                        .cpuQuotaMicros(150_000L)
                        .cpuPeriodMicros(100_000L)
                        .cpuShares(512L)
                        .cpusetCpus("0")
                        .pidsLimit(20L)
                        .build());
        assertThat(cgroup.stats().memoryLimitBytes()).isEqualTo(64L << 20);
        assertThat(cgroup.stats().pidsLimit()).isEqualTo(20);
        assertThat(read(cgroup, "memory", "memory.memsw.limit_in_bytes")).isEqualTo(Long.toString(128L << 20));
        assertThat(read(cgroup, "memory", "memory.soft_limit_in_bytes")).isEqualTo(Long.toString(32L << 20));
        assertThat(read(cgroup, "cpu", "cpu.cfs_quota_us")).isEqualTo("150000");
        assertThat(read(cgroup, "cpu", "cpu.shares")).isEqualTo("512");
        assertThat(scratch.run(cgroup, "grep Cpus_allowed_list /proc/self/status"))
                .endsWith("\t0");
    }

    @Test
    void usingTooMuchMemoryIsAnOomKill() throws Exception {
        ContainerCgroup cgroup = cgroups.create(
                "web", CgroupLimits.builder().memoryBytes(16L << 20).build());
        assertThat(cgroup.oomKills()).isZero();
        Process hungry = scratch.start(cgroup, "exec tail /dev/zero");
        assertThat(hungry.waitFor()).isEqualTo(137);
        assertThat(cgroup.oomKills()).isEqualTo(1);
        assertThat(cgroup.stats().memoryPeakBytes()).isBetween(8L << 20, 16L << 20);
    }

    @Test
    void moreProcessesThanAllowedCannotBeStarted() throws Exception {
        ContainerCgroup cgroup =
                cgroups.create("web", CgroupLimits.builder().pidsLimit(2L).build());
        assertThat(scratch.run(cgroup, "(sleep 0 & sleep 0 & wait; echo started) 2>&1"))
                .contains("annot fork");
    }

    @Test
    void onlyTheDefaultDevicesCanBeUsed() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        Path fuse = Files.createTempDirectory("dev").resolve("fuse");
        scratch.linux.files().mknodat(null, fuse.toString(), 0x2000 | 0600, 10, 229);
        try {
            assertThat(scratch.run(cgroup, "echo x > /dev/null && head -c 1 /dev/zero | wc -c && cat " + fuse))
                    .startsWith("1\n")
                    .endsWith("Operation not permitted");
            assertThat(scratch.run(cgroup, "mknod " + fuse + "2 c 1 11")).endsWith("Operation not permitted");
        } finally {
            Files.delete(fuse);
            Files.delete(fuse.getParent());
        }
    }

    @Test
    void pauseStopsTheProcessesAndResumeLetsThemGoOn() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        Process counter = scratch.start(cgroup, "while :; do :; done");
        await().until(() -> cgroup.stats().cpuUsageNanos() > 1_000_000);
        cgroup.pause();
        assertThat(cgroup.isPaused()).isTrue();
        long used = cgroup.stats().cpuUsageNanos();
        assertThat(cgroup.stats().cpuUsageNanos()).isEqualTo(used);
        cgroup.resume();
        await().until(() -> cgroup.stats().cpuUsageNanos() > used);
        assertThat(cgroup.isPaused()).isFalse();
        counter.destroyForcibly().waitFor();
    }

    @Test
    void pausedProcessesAreKilledToo() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        Process sleeper = scratch.start(cgroup, "sleep 60 & sleep 60 & wait");
        await().until(() -> cgroup.pids().size() == 3);
        cgroup.pause();
        cgroups.find("web").killAll();
        assertThat(sleeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
        cgroup.remove();
        assertThat(cgroups.ids()).isEmpty();
    }

    @Test
    void removingACgroupThatStillHasProcessesNamesThem() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        Process sleeper = scratch.start(cgroup, "exec sleep 60");
        await().until(() -> !cgroup.pids().isEmpty());
        assertThatThrownBy(cgroup::remove)
                .isInstanceOf(CgroupException.class)
                .hasMessageContaining("cannot remove cgroup ")
                .hasMessageEndingWith("processes [" + sleeper.pid() + "] still run in it");
    }

    @Test
    void cgroupsThatTheContainerMadeBelowAreRemovedWithIt() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        String tasks = ((Placement.TaskFiles) cgroup.placement()).paths().get(0);
        Files.createDirectories(Path.of(tasks).resolveSibling("inner/innermost"));
        cgroup.remove();
        cgroup.remove();
        assertThat(cgroups.ids()).isEmpty();
    }

    @Test
    void aLimitThatTheKernelRefusesLeavesNothingBehindAndNamesFileAndValue() throws Exception {
        assertThatThrownBy(() -> cgroups.create(
                        "web", CgroupLimits.builder().cpusetCpus("9999").build()))
                .hasMessageMatching("write\\(/.*/web/cpuset.cpus, \"9999\"\\): .*");
        assertThat(cgroups.ids()).isEmpty();
    }

    private static String read(ContainerCgroup cgroup, String controller, String file) throws IOException {
        String tasks = ((Placement.TaskFiles) cgroup.placement())
                .paths().stream()
                        .filter(path -> path.matches(".*[/,]" + controller + "[/,].*"))
                        .findFirst()
                        .orElseThrow();
        return Files.readString(Path.of(tasks).resolveSibling(file)).strip();
    }
}

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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * On the real version 2 hierarchy. On a hybrid machine that one has few controllers or none, but device rules, freezing
 * and killing need none.
 */
@RequiresRoot
class V2CgroupIT {
    private ScratchCgroups scratch;
    private Cgroups cgroups;
    private String unified;

    @BeforeEach
    void findHierarchy() throws IOException {
        Optional<String> mountPoint = Optional.ofNullable(CgroupLayout.detect().unified());
        assumeThat(mountPoint).as("mount point of the version 2 hierarchy").isPresent();
        unified = mountPoint.orElseThrow();
        scratch = new ScratchCgroups(new CgroupLayout(List.of(), unified));
        cgroups = scratch.cgroups;
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        if (scratch != null) {
            scratch.close();
        }
    }

    @Test
    void aProcessIsInItsCgroup() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        assertThat(scratch.run(cgroup, "grep ^0:: /proc/self/cgroup")).matches("0::/.*jcompose-test-[0-9-]+/web");
    }

    @Test
    void onlyTheGivenDevicesCanBeUsed() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        ContainerCgroup readOnly = cgroups.create(
                "read-only",
                CgroupLimits.builder()
                        .devices(List.of(
                                DeviceRule.EVERYTHING, new DeviceRule(false, DeviceRule.Type.CHARACTER, 1, 7, "w")))
                        .build());
        Path directory = Files.createTempDirectory("dev");
        Path fuse = directory.resolve("fuse");
        scratch.linux.files().mknodat(null, fuse.toString(), 0x2000 | 0600, 10, 229);
        try {
            assertThat(scratch.run(cgroup, "echo x > /dev/null && head -c 1 /dev/zero | wc -c && cat " + fuse))
                    .startsWith("1\n")
                    .endsWith("Operation not permitted");
            assertThat(scratch.run(cgroup, "mknod " + fuse + "2 c 1 11")).endsWith("Operation not permitted");
            assertThat(scratch.run(readOnly, "head -c 1 /dev/full | wc -c; mknod " + fuse + "3 c 1 11; echo $?"))
                    .isEqualTo("1\n0");
            assertThat(scratch.run(readOnly, "(: > /dev/full) 2>&1")).endsWith("Operation not permitted");
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    @Test
    void pauseFreezesAndKillReachesFrozenProcesses() throws Exception {
        ContainerCgroup cgroup = cgroups.create("web", CgroupLimits.NONE);
        Process sleeper = scratch.start(cgroup, "sleep 60 & sleep 60 & wait");
        await().until(() -> cgroup.pids().size() == 3);
        cgroup.pause();
        assertThat(cgroup.isPaused()).isTrue();
        cgroup.resume();
        await().until(() -> !cgroup.isPaused());
        cgroup.pause();
        cgroup.killAll();
        assertThat(sleeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
        cgroup.remove();
        assertThat(cgroups.ids()).isEmpty();
    }

    @Test
    void aLimitWhoseControllerIsMissingIsAnErrorThatSaysSoAndLeavesNothing() throws IOException {
        assumeThat(Files.readString(Path.of(unified, "cgroup.controllers")))
                .as("controllers of the version 2 hierarchy")
                .doesNotContain("memory");
        assertThatThrownBy(() -> cgroups.create(
                        "web", CgroupLimits.builder().memoryBytes(64L << 20).build()))
                .isInstanceOf(CgroupException.class)
                .hasMessageStartingWith("a memory limit cannot be set on cgroup " + unified)
                .hasMessageContaining("the memory cgroup controller is not available in " + unified);
        assertThat(cgroups.ids()).isEmpty();
    }

    @Test
    void limitsAreWhatTheKernelThenSays() throws Exception {
        assumeControllers();
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
        Path directory = Path.of(((Placement.CloneInto) cgroup.placement()).directory());
        assertThat(directory.resolve("memory.low")).hasContent(Long.toString(32L << 20));
        assertThat(directory.resolve("cpu.max")).hasContent("150000 100000");
        assertThat(directory.resolve("cpu.weight")).hasContent("59");
        assertThat(scratch.run(cgroup, "grep Cpus_allowed_list /proc/self/status"))
                .endsWith("\t0");
        assertThat(cgroup.stats().cpuUsageNanos()).isPositive();
    }

    @Test
    void usingTooMuchMemoryIsAnOomKill() throws Exception {
        assumeControllers();
        ContainerCgroup cgroup = cgroups.create(
                "web", CgroupLimits.builder().memoryBytes(16L << 20).build());
        assertThat(cgroup.oomKills()).isZero();
        Process hungry = scratch.start(cgroup, "exec tail /dev/zero");
        assertThat(hungry.waitFor()).isEqualTo(137);
        assertThat(cgroup.oomKills()).isEqualTo(1);
    }

    @Test
    void moreProcessesThanAllowedCannotBeStarted() throws Exception {
        assumeControllers();
        ContainerCgroup cgroup =
                cgroups.create("web", CgroupLimits.builder().pidsLimit(2L).build());
        assertThat(scratch.run(cgroup, "(sleep 0 & sleep 0 & wait; echo started) 2>&1"))
                .contains("annot fork");
    }

    private void assumeControllers() throws IOException {
        assumeThat(List.of(Files.readString(Path.of(unified, "cgroup.controllers"))
                        .strip()
                        .split(" ")))
                .as("controllers of the version 2 hierarchy")
                .contains("memory", "cpu", "pids", "cpuset");
    }
}

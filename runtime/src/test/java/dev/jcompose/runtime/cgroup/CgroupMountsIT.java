package dev.jcompose.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.Mount;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mounts what a container is to see, on a thread that enters the container's cgroup and namespaces of its own. */
@RequiresRoot
class CgroupMountsIT {
    @TempDir
    Path directory;

    private ScratchCgroups scratch;

    @BeforeEach
    void findHierarchies() throws IOException {
        CgroupLayout layout = CgroupLayout.detect();
        // Version 2 moves whole processes only, and this one is the test's.
        assumeThat(layout.isV1()).as("this machine has version 1 controllers").isTrue();
        scratch = new ScratchCgroups(layout);
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        if (scratch != null) {
            scratch.close();
        }
    }

    @Test
    void aContainerSeesItsOwnCgroupAsTheRoot() throws Exception {
        ContainerCgroup cgroup = scratch.cgroups.create(
                "web", CgroupLimits.builder().memoryBytes(512L << 20).build());
        FutureTask<String> inside = new FutureTask<>(() -> {
            for (String tasks : ((Placement.TaskFiles) cgroup.placement()).paths()) {
                Files.writeString(Path.of(tasks), "0");
            }
            scratch.linux.processes().unshare(Sched.CLONE_NEWNS | Sched.CLONE_NEWCGROUP);
            scratch.linux.mounts().mount(null, "/", null, Mount.MS_REC | Mount.MS_PRIVATE, null);
            for (CgroupMount mount : scratch.cgroups.mounts()) {
                Path target = Files.createDirectories(directory.resolve(mount.directory()));
                scratch.linux
                        .mounts()
                        .mount(mount.fileSystem(), target.toString(), mount.fileSystem(), 0, mount.options());
                for (String link : mount.links()) {
                    Files.createSymbolicLink(directory.resolve(link), target.getFileName());
                }
            }
            return Files.readString(directory.resolve("memory/memory.limit_in_bytes"))
                    + Files.readString(directory.resolve("devices/devices.list"))
                    + Files.readString(Path.of("/proc/thread-self/cgroup"));
        });
        Thread thread = new Thread(inside, "in-the-cgroup");
        thread.start();
        // Only once the thread is gone: as long as it is in the cgroup, killing the cgroup kills the test's process.
        thread.join();
        await().until(() -> cgroup.pids().isEmpty());
        assertThat(inside.get())
                .startsWith((512L << 20) + "\nc 1:3 rwm\n")
                .contains(":memory:/\n")
                .doesNotContain("jcompose-test");
        assertThat(directory).isEmptyDirectory();
    }
}

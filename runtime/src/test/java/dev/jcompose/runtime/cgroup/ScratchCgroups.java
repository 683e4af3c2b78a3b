package dev.jcompose.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Cgroups under a parent of the test's own, and the processes that the test puts into them. */
final class ScratchCgroups implements AutoCloseable {
    final Linux linux = Linux.load();
    final Cgroups cgroups;

    private final CgroupLayout layout;
    private final String parent = "jcompose-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

    ScratchCgroups(CgroupLayout layout) {
        this.layout = layout;
        this.cgroups = new Cgroups(linux, layout, parent);
    }

    /** A shell that first enters the cgroup as a launch program does, and then runs {@code script}. */
    Process start(ContainerCgroup cgroup, String script) throws IOException {
        StringBuilder enter = new StringBuilder();
        if (cgroup.placement() instanceof Placement.TaskFiles files) {
            files.paths().forEach(path -> enter.append("echo 0 > ").append(path).append("; "));
        } else if (cgroup.placement() instanceof Placement.CloneInto into) {
            enter.append("echo 0 > ").append(into.directory()).append("/cgroup.procs; ");
        }
        return new ProcessBuilder("/bin/sh", "-c", enter + script)
                .redirectErrorStream(true)
                .start();
    }

    /** Runs such a shell to its end, and gives what it printed. */
    String run(ContainerCgroup cgroup, String script) throws IOException, InterruptedException {
        Process process = start(cgroup, script);
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    /** The paths of all cgroups that the test made and that are still there. */
    List<Path> leftovers() {
        return Stream.concat(
                        layout.v1().stream().map(CgroupLayout.Hierarchy::mountPoint),
                        Stream.ofNullable(layout.unified()))
                .map(mountPoint -> Path.of(mountPoint, parent))
                .filter(Files::exists)
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (String id : cgroups.ids()) {
            cgroups.find(id).killAll();
            cgroups.find(id).remove();
        }
        cgroups.removeParentIfEmpty();
        assertThat(leftovers()).isEmpty();
    }
}

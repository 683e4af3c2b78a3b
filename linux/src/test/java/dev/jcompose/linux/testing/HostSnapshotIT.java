package dev.jcompose.linux.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot(namespaces = true)
class HostSnapshotIT {

    @TempDir
    Path directory;

    @Test
    void seesAMountAndAFile() throws IOException {
        HostSnapshot before = HostSnapshot.takeOf("jcompose-snapshot-test", directory, directory);
        assertThat(before.added()).isEmpty();

        Path mountPoint = Files.createDirectory(directory.resolve("mounted"));
        Linux linux = Linux.load();
        linux.mounts().mount("none", mountPoint.toString(), "tmpfs", 0, null);
        try {
            assertThat(before.added()).containsExactly("file " + mountPoint, "mount " + mountPoint + " (tmpfs)");
        } finally {
            linux.mounts().umount2(mountPoint.toString(), 0);
        }
        Files.delete(mountPoint);
        before.awaitNothingAdded();
    }

    @Test
    void seesAProcessThatKnowsTheDirectory() throws Exception {
        HostSnapshot before = HostSnapshot.takeOf("jcompose-snapshot-test", directory, directory);
        var builder = new ProcessBuilder("sleep", "60");
        builder.environment().put("SOME_DIRECTORY", directory.toString());

        Process process = builder.start();
        try {
            assertThat(before.added()).containsExactly("process " + process.pid() + " sleep 60 ");
            assertThatThrownBy(() -> before.awaitNothingAdded(Duration.ofMillis(200)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("sleep 60");
        } finally {
            process.destroyForcibly();
        }
        before.awaitNothingAdded();
    }
}

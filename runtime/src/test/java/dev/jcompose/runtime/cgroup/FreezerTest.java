package dev.jcompose.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezerTest {
    @TempDir
    Path directory;

    private Path file;
    private Freezer freezer;

    @BeforeEach
    void makeCgroup() throws IOException {
        file = Files.createFile(directory.resolve("freezer.state"));
        freezer = new Freezer(
                new CgroupDirectory(Linux.load(), directory.toString()), "freezer.state", "FROZEN", "THAWED");
    }

    @Test
    void freezingIsAskedForAgainUntilItIsDone() throws IOException {
        int[] left = {3};
        freezer.freeze(() -> {
            assertThat(file).hasContent("FROZEN");
            Files.writeString(file, "FREEZI");
            return --left[0] == 0;
        });
        assertThat(left).containsExactly(0);
    }

    @Test
    void whatCannotBeFrozenGoesOn() {
        assertThatThrownBy(() -> freezer.freeze(() -> {
                    throw new IOException("no answer");
                }))
                .hasMessage("no answer");
        assertThat(file).hasContent("THAWED");
    }

    @Test
    void thawingWhatIsGoneIsFine() throws IOException {
        Files.delete(file);
        freezer.thaw();
        assertThat(file).doesNotExist();
    }
}

package dev.jcompose.engine.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildIdTest {
    @TempDir
    private Path directory;

    @Test
    void changesWhenAnyJarBesideChanges() throws Exception {
        Path engine = Files.writeString(directory.resolve("engine.jar"), "1");
        Path other = Files.writeString(directory.resolve("other.jar"), "1");
        String before = BuildId.of(engine);

        Files.setLastModifiedTime(other, FileTime.fromMillis(12345));

        assertThat(BuildId.of(engine)).isNotEqualTo(before);
    }

    @Test
    void classesInADirectoryHaveNone() throws Exception {
        assertThat(BuildId.of(directory)).isEqualTo("development");
    }
}

package dev.jcompose.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelinuxLabelTest {
    @TempDir
    Path folder;

    private final Map<String, String> labels = new TreeMap<>();

    private SelinuxLabel where(Path enforce) {
        return new SelinuxLabel(
                enforce,
                (path, name, value) -> labels.put(path, name + "=" + new String(value, StandardCharsets.US_ASCII)));
    }

    @Test
    void whereSelinuxIsEverythingBelowGetsTheLabelOfContainers() throws Exception {
        Path enforce = Files.writeString(folder.resolve("enforce"), "1");
        Path source = folder.resolve("source");
        Files.createDirectories(source.resolve("deep"));
        Files.writeString(source.resolve("deep/file"), "");
        Files.createSymbolicLink(source.resolve("link"), Path.of("deep"));

        where(enforce).apply(source);

        assertThat(labels.keySet())
                .containsExactly(
                        source.toString(),
                        source.resolve("deep").toString(),
                        source.resolve("deep/file").toString(),
                        source.resolve("link").toString());
        assertThat(labels.values()).containsOnly("security.selinux=system_u:object_r:container_file_t:s0\0");
    }

    @Test
    void elsewhereNothingHappens() throws Exception {
        where(folder.resolve("nothing")).apply(folder);

        assertThat(labels).isEmpty();
    }

    @Test
    void directoriesOfTheSystemAreRefused() throws Exception {
        Path enforce = Files.writeString(folder.resolve("enforce"), "1");

        assertThatThrownBy(() -> where(enforce).apply(Path.of("/etc")))
                .isInstanceOf(VolumeException.class)
                .hasMessageContaining("'/etc'");
        assertThat(labels).isEmpty();
    }
}

package dev.jcompose.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindSourceTest {
    private final BindSource binds = new BindSource(Linux.load());

    @TempDir
    Path directory;

    private Volume volume() throws IOException {
        return new VolumeStore(Linux.load(), directory.resolve("volumes")).create("data", VolumeOptions.DEFAULT);
    }

    @Test
    void aMissingSourceIsMadeOnlyWhereThatIsWanted() throws IOException {
        Path missing = directory.resolve("a/b");
        assertThatThrownBy(() -> binds.prepare(missing, false))
                .isInstanceOf(VolumeException.class)
                .hasMessage("bind source path does not exist: " + missing);
        assertThat(directory.resolve("a")).doesNotExist();
        binds.prepare(missing, true);
        assertThat(missing).isEmptyDirectory();
        binds.prepare(missing, false);
    }

    @Test
    void aFileIsASource() throws IOException {
        binds.prepare(Files.writeString(directory.resolve("file"), ""), true);
        assertThat(directory.resolve("file")).isRegularFile();
    }

    @Test
    void whatCannotBeMadeIsExplained() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> binds.prepare(directory.resolve("file/below"), true))
                .hasMessageStartingWith("cannot create bind source path '" + directory.resolve("file/below") + "'");
        Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nothing"));
        assertThatThrownBy(() -> binds.prepare(directory.resolve("dangling"), true))
                .hasMessage("bind source path '" + directory.resolve("dangling") + "' is a dangling symbolic link");
        assertThatThrownBy(() -> binds.prepare(Path.of("relative"), true))
                .hasMessage("bind source path 'relative' is not absolute");
    }

    @Test
    void aSubpathIsFoundInsideTheVolume() throws IOException {
        Volume volume = volume();
        Files.createDirectories(volume.data().resolve("real/sub"));
        Files.createSymbolicLink(volume.data().resolve("link"), Path.of("real"));
        assertThat(binds.within(volume, "real/sub")).isEqualTo(volume.data().resolve("real/sub"));
        assertThat(binds.within(volume, "link/sub")).isEqualTo(volume.data().resolve("real/sub"));
    }

    @Test
    void aSubpathThatLeadsOutOfTheVolumeIsRefused() throws IOException {
        Volume volume = volume();
        Files.createSymbolicLink(volume.data().resolve("etc"), Path.of("/etc"));
        Files.createSymbolicLink(volume.data().resolve("up"), Path.of("../.."));
        for (String subpath : new String[] {"etc", "etc/passwd", "up", "..", "../../x"}) {
            assertThatThrownBy(() -> binds.within(volume, subpath))
                    .hasMessage("subpath '" + subpath + "' of volume 'data' leads out of the volume");
        }
        assertThatThrownBy(() -> binds.within(volume, "nothing/here"))
                .hasMessage("subpath 'nothing/here' of volume 'data' does not exist");
        assertThatThrownBy(() -> binds.within(volume, "/etc")).hasMessageEndingWith("is not a relative path");
    }
}

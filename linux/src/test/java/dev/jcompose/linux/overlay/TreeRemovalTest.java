package dev.jcompose.linux.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeRemovalTest {
    private final Linux linux = Linux.load();
    private final TreeRemoval removal = new TreeRemoval(linux);

    @TempDir
    Path directory;

    @Test
    void removesFilesDirectoriesAndLinksButNotWhatLinksPointTo() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "x");
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/file"), "x");
        Files.createSymbolicLink(tree.resolve("a/b/link"), outside);
        removal.remove(tree);
        assertThat(tree).doesNotExist();
        assertThat(outside.resolve("kept")).exists();
    }

    @Test
    void whatIsNotThereIsFine() throws IOException {
        removal.remove(directory.resolve("nothing"));
        removal.remove(directory.resolve("no/parent"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSymbolicLinkToADirectoryIsRemovedAlone() throws IOException {
        Path target = directory.resolve("target");
        Files.createDirectories(target.resolve("inside"));
        removal.remove(Files.createSymbolicLink(directory.resolve("link"), target));
        assertThat(directory.resolve("link")).doesNotExist();
        assertThat(target.resolve("inside")).exists();
    }

    @Test
    void theRootIsNeverRemoved() {
        assertThatThrownBy(() -> removal.remove(Path.of("/"))).hasMessage("refusing to remove '/'");
    }

    @Test
    void aTreeDeeperThanAnyPathOrDescriptorTableIsRemoved() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Fd current = linux.files().openat(null, tree.toString(), Fcntl.O_PATH, 0);
        for (int i = 0; i < 5000; i++) {
            linux.files().mkdirat(current, "d", 0755);
            Fd next = linux.files().openat(current, "d", Fcntl.O_PATH, 0);
            current.close();
            current = next;
        }
        current.close();
        removal.remove(tree);
        assertThat(directory).isEmptyDirectory();
    }
}

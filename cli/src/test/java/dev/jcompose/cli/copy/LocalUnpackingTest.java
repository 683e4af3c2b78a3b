package dev.jcompose.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalUnpackingTest {
    @TempDir
    Path folder;

    private Path outside;
    private Path target;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    @BeforeEach
    void directories() throws IOException {
        outside = Files.createDirectory(
                folder.resolve("outside"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        target = Files.createDirectory(folder.resolve("local")).resolve("target");
    }

    private void unpack() throws IOException {
        tar.finish();
        new LocalUnpacking(target, false).unpack(new ByteArrayInputStream(bytes.toByteArray()));
    }

    private LocalUnpackingTest entry(String name, byte type, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode(0777);
        byte[] data = type == TarConstants.LF_NORMAL ? content.getBytes(StandardCharsets.UTF_8) : new byte[0];
        entry.setSize(data.length);
        entry.setLinkName(data.length == 0 ? content : "");
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
        return this;
    }

    private LocalUnpackingTest top() throws IOException {
        return entry("top/", TarConstants.LF_DIR, "");
    }

    @Test
    void theFirstNameOfEveryEntryIsTheTarget() throws IOException {
        top().entry("top/a/", TarConstants.LF_DIR, "")
                .entry("top/a/f", TarConstants.LF_NORMAL, "content")
                .entry("top/a/g", TarConstants.LF_LINK, "top/a/f")
                .entry("top/l", TarConstants.LF_SYMLINK, "a/f")
                .unpack();

        assertThat(target.resolve("a/g")).hasContent("content");
        assertThat(target.resolve("l")).isSymbolicLink().hasContent("content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("a"))))
                .isEqualTo("rwxrwxrwx");
    }

    @Test
    void dotsDoNotLeadOutOfTheTarget() throws IOException {
        top().entry("top/../outside/f", TarConstants.LF_NORMAL, "x");

        assertThatThrownBy(this::unpack).hasMessage("refused: entry \"top/../outside/f\" has .. in its path");
    }

    @Test
    void aLinkThatCameWithTheStreamLeadsNoFileElsewhere() throws IOException {
        top().entry("top/l", TarConstants.LF_SYMLINK, outside.toString()).entry("top/l/f", TarConstants.LF_NORMAL, "x");

        assertThatThrownBy(this::unpack).hasMessageContaining("leads through the symbolic link");
        assertThat(outside).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"top", "top/l"})
    void aLinkThatCameWithTheStreamDoesNotLendItsTargetTheModeOfADirectory(String name) throws IOException {
        if (!name.equals("top")) {
            top();
        }
        entry(name, TarConstants.LF_SYMLINK, outside.toString()).entry(name + "/", TarConstants.LF_DIR, "");

        assertThatThrownBy(this::unpack).hasMessageContaining("cannot overwrite non-directory");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outside)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileReplacesALinkInsteadOfWritingThroughIt() throws IOException {
        Path file = Files.writeString(outside.resolve("f"), "own");
        top().entry("top/f", TarConstants.LF_SYMLINK, file.toString())
                .entry("top/f", TarConstants.LF_NORMAL, "x")
                .unpack();

        assertThat(file).hasContent("own");
        assertThat(target.resolve("f")).isRegularFile().hasContent("x");
    }
}

package dev.jcompose.samples.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class UnpackTest {

    @TempDir
    Path folder;

    @Test
    void keepsModesAndLinks() throws IOException {
        TarArchiveEntry link = new TarArchiveEntry("bin/sql", TarConstants.LF_SYMLINK);
        link.setLinkName("postgres");

        unpack(jar("a.jar", file("bin/postgres", 0755), file("share/postgres.bki", 0640), link));

        assertThat(mode("bin/postgres")).isEqualTo("rwxr-xr-x");
        assertThat(mode("share/postgres.bki")).isEqualTo("rw-r--r--");
        assertThat(Files.readSymbolicLink(target().resolve("bin/sql"))).isEqualTo(Path.of("postgres"));
    }

    @Test
    void replacesWhatAnotherJarHadAndLeavesWhatTheSameJarHad() throws IOException {
        unpack(jar("a.jar", file("old", 0644)));
        Files.writeString(target().resolve("mark"), "");

        unpack(jar("a.jar", file("old", 0644)));
        assertThat(target().resolve("mark")).exists();

        unpack(jar("b.jar", file("new", 0644)));
        assertThat(target().resolve("mark")).doesNotExist();
        assertThat(target().resolve("old")).doesNotExist();
        assertThat(target().resolve("new")).exists();
    }

    @Test
    void refusesAPathOutsideOfTheFolder() throws IOException {
        Path jar = jar("a.jar", file("../../outside", 0644));

        assertThatThrownBy(() -> unpack(jar)).isInstanceOf(IOException.class).hasMessageContaining("../../outside");
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    private void unpack(Path jar) throws IOException {
        new Unpack(target()).unpack(jar);
    }

    private Path target() {
        return folder.resolve("in/target");
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target().resolve(path)));
    }

    private static TarArchiveEntry file(String name, int mode) {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        return entry;
    }

    private Path jar(String name, TarArchiveEntry... entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            for (TarArchiveEntry entry : entries) {
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }
        Path jar = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("postgres-linux-x86_64.txz"));
            zip.write(bytes.toByteArray());
            zip.closeEntry();
        }
        return jar;
    }
}

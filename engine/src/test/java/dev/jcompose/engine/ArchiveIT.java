package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.archive.ContainerArchive;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class ArchiveIT extends EngineScenario {
    private static final String WEB = """
            services:
              web:
                image: localhost/host
                command: sleep 1000
                volumes: [data:/data]
                tmpfs: [/scratch]
            volumes: {data: }
            """;

    @TempDir
    private Path host;

    @BeforeEach
    void start() throws Exception {
        up(WEB);
    }

    /** An entry: a file with its own name as content, a directory with a slash, or a link {@code name -> target}. */
    private static byte[] tar(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            for (String text : entries) {
                String[] link = text.split(" -> ");
                TarArchiveEntry entry = link.length > 1
                        ? new TarArchiveEntry(link[0], TarConstants.LF_SYMLINK, true)
                        : new TarArchiveEntry(text, true);
                entry.setUserId(1234);
                entry.setGroupId(5678);
                entry.setMode(text.endsWith("/") ? 0750 : 0640);
                if (link.length > 1) {
                    entry.setLinkName(link[1]);
                } else if (!text.endsWith("/")) {
                    entry.setSize(text.length());
                }
                out.putArchiveEntry(entry);
                if (entry.getSize() > 0) {
                    out.write(text.getBytes(UTF_8));
                }
                out.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private void put(String path, String... entries) throws IOException {
        engine().engine().containers().copyTo("p-web-1", path, new ByteArrayInputStream(tar(entries)), true, false);
    }

    /** Names with content, sorted as they come. */
    private List<String> get(String path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        engine().engine().containers().copyFrom("p-web-1", path, bytes);
        return entries(bytes);
    }

    private static List<String> entries(ByteArrayOutputStream bytes) throws IOException {
        List<String> names = new ArrayList<>();
        TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            names.add(entry.getName()
                    + (entry.isSymbolicLink() || entry.isLink() ? " -> " + entry.getLinkName() : "")
                    + (entry.isFile() && entry.getSize() > 0
                            ? "=" + new String(in.readAllBytes(), UTF_8).strip()
                            : ""));
        }
        return names;
    }

    private String sh(String script) {
        return engine().exec("p-web-1", "sh", "-c", script)
                .replaceFirst("^0: ", "")
                .strip();
    }

    @Test
    void filesGoIntoTheRunningContainerItsVolumesAndItsTmpfs() throws Exception {
        put("/srv", "sub/", "sub/one");
        put("/data", "two");
        put("/scratch", "three");

        assertThat(sh("cat /srv/sub/one /data/two /scratch/three")).isEqualTo("sub/onetwothree");
        assertThat(sh("stat -c '%u %g %a' /srv/sub /srv/sub/one")).isEqualTo("1234 5678 750\n1234 5678 640");
        assertThat(get("/srv/sub")).containsExactlyInAnyOrder("sub/", "sub/one=sub/one");
        assertThat(get("/srv/sub/.")).containsExactlyInAnyOrder("./", "one=sub/one");
        assertThat(get("/data/two")).containsExactly("two=two");
    }

    @Test
    void aStoppedContainerAndOneThatWasNeverStartedDoAsWell() throws Exception {
        put("/srv", "before");
        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        assertThat(get("/srv/before")).containsExactly("before=before");
        put("/srv", "while stopped");
        put("/data", "in the volume");
        assertThat(state("p-web-1")).startsWith("exited");

        engine().engine().projects().start(TestEngine.services(), engine().listener());

        assertThat(sh("cat '/srv/while stopped' '/data/in the volume'")).isEqualTo("while stoppedin the volume");
    }

    @Test
    void noLinkInTheContainerLeadsToTheHost() throws Exception {
        Path secret = Files.writeString(host.resolve("secret"), "of the host");
        Files.createDirectory(host.resolve("directory"));
        sh("mkdir -p /trap; ln -s " + host + " /trap/abs; ln -s ../../../../../../.." + host + " /trap/up;"
                + " ln -s /proc/1/root" + host + " /trap/proc; ln -s /proc/self/cwd /trap/cwd;"
                + " ln -s " + secret + " /trap/file");

        for (String link : List.of("abs", "up", "proc", "cwd")) {
            assertThatThrownBy(() -> get("/trap/" + link + "/secret")).isInstanceOf(EngineException.class);
            assertThatThrownBy(() -> put("/trap/" + link, "planted")).isInstanceOf(EngineException.class);
        }
        assertThat(get("/trap/file")).containsExactly("file -> " + secret);
        put("/trap", "file");
        assertThat(Files.readString(secret)).isEqualTo("of the host");
        // What leads there in the container's own tree is the container's affair.
        sh("mkdir -p " + host + "; rm /trap/up; ln -s ../../../../../../.." + host + " /trap/up");
        put("/trap/up", "planted");
        assertThat(sh("cat " + host + "/planted")).isEqualTo("planted");
        assertThat(host.resolve("planted")).doesNotExist();
        assertThat(host.resolve("directory")).isEmptyDirectory();
    }

    @Test
    void noEntryOfAnArchiveLeadsToTheHost() throws Exception {
        assertThatThrownBy(() -> put("/srv", "../../escaped"))
                .hasMessage("entry \"../../escaped\" of the archive has .. in its path");
        Files.createDirectory(host.resolve("target"));
        put("/srv", "link -> " + host.resolve("target"));
        assertThatThrownBy(() -> put("/srv", "link/planted")).isInstanceOf(EngineException.class);
        assertThat(host.resolve("target")).isEmptyDirectory();
    }

    @Test
    void whatCannotBeIsSaid() throws Exception {
        assertThatThrownBy(() -> get("/no/such"))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_FOUND));
        assertThatThrownBy(() -> put("/etc/passwd", "x")).hasMessage("/etc/passwd in the container is not a directory");
        put("/srv", "a/");
        assertThatThrownBy(() -> put("/srv", "a")).hasMessageContaining("cannot overwrite directory \"/srv/a\"");
        assertThat(engine().engine().containers().stat("p-web-1", "/srv/a").isDirectory())
                .isTrue();
    }

    @Test
    void whatIsMountedInAPlaceIsReplacedInPlace() throws Exception {
        put("/etc", "hostname");

        assertThat(sh("cat /etc/hostname")).isEqualTo("hostname");
    }

    @Test
    void anExportHasTheRootWithoutWhatIsMounted() throws Exception {
        Linux linux = Linux.load();
        Files.writeString(host.resolve("exported"), "here");
        Path mounted = Files.createDirectory(host.resolve("mounted"));
        linux.mounts().mount("tmpfs", mounted.toString(), "tmpfs", 0, null);
        Files.writeString(mounted.resolve("not exported"), "there");
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (Fd root = linux.files().openat(null, host.toString(), Fcntl.O_PATH | Fcntl.O_DIRECTORY, 0)) {
            new ContainerArchive(linux, root).export(tar);
        } finally {
            linux.mounts().umount2(mounted.toString(), 0);
        }

        assertThat(entries(tar)).containsExactlyInAnyOrder("./", "exported=here", "mounted/");
    }
}

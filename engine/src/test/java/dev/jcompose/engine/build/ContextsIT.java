package dev.jcompose.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.images.Image;
import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.images.testing.TestServer;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that are no directories, directories that a stage begins with, and keys that commands may use. */
@RequiresRoot
class ContextsIT extends BuildScenario {
    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    private static TestServer serving(Map<String, byte[]> files) {
        return new TestServer(exchange -> {
            byte[] content = files.get(exchange.path());
            exchange.send(content == null ? 404 : 200, content == null ? new byte[0] : content);
        });
    }

    private Image buildFrom(String context, String... attributes) throws IOException {
        StringBuilder more = new StringBuilder("    build:\n      context: '" + context + "'\n");
        for (String attribute : attributes) {
            more.append("      ").append(attribute).append('\n');
        }
        return build("", more.toString());
    }

    @Test
    void anArchiveAtAUrlIsAContext() throws Exception {
        byte[] tar = new LayerTar()
                .directory("sub/")
                .file("sub/f", "F")
                .file("sub/left", "L")
                .file(".dockerignore", "sub/left\n")
                .file("Dockerfile", "FROM busybox\nCOPY . /c/\n")
                .file("other", "FROM busybox\nCOPY sub/f /other\n")
                .bytes();
        try (TestServer server = serving(Map.of("/c.tar.gz", gzip(tar), "/c", tar))) {
            String url = "http://127.0.0.1:" + server.port();
            Image image = buildFrom(url + "/c.tar.gz");
            assertThat(added(image)).containsKey("/c/sub/f").doesNotContainKey("/c/sub/left");
            assertThat(content(buildFrom(url + "/c", "dockerfile: other"), "/other"))
                    .as("told by the content, not by the name")
                    .isEqualTo("F");
            assertThat(content(
                            buildFrom(
                                    ".",
                                    "dockerfile_inline: \"FROM busybox\\nCOPY --from=far sub/f /named\\n\"",
                                    "additional_contexts: {far: '" + url + "/c.tar.gz'}"),
                            "/named"))
                    .isEqualTo("F");
            assertThatThrownBy(() -> buildFrom(url + "/none.tar.gz"))
                    .hasMessageContaining("services.web.build: context \"" + url + "/none.tar.gz\": cannot fetch")
                    .hasMessageContaining("status 404");
        }
    }

    @Test
    void aDockerfileAtAUrlIsBuiltWithoutFiles() throws Exception {
        byte[] text = "FROM busybox\nRUN echo far >/f\n".getBytes(UTF_8);
        try (TestServer server = serving(Map.of("/Dockerfile.txt", text))) {
            Image image = buildFrom("http://127.0.0.1:" + server.port() + "/Dockerfile.txt");
            assertThat(content(image, "/f")).isEqualTo("far\n");
        }
    }

    @Test
    void anArchiveThatLeadsOutOfTheContextIsRefused() throws Exception {
        byte[] tar = new LayerTar().file("../out", "x").bytes();
        try (TestServer server = serving(Map.of("/c.tar", tar))) {
            assertThatThrownBy(() -> buildFrom("http://127.0.0.1:" + server.port() + "/c.tar"))
                    .hasMessageContaining("..");
        }
    }

    @Test
    void aStageBeginsWithTheFilesOfADirectory(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("bin"));
        Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
        Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("busybox"));
        Files.writeString(root.resolve("left"), "x");
        Files.writeString(root.resolve(".dockerignore"), "left\n.dockerignore\n");
        Image image = build(
                "FROM root AS a\nRUN echo ran >/r\nFROM a\nCOPY --from=root /bin/sh /copied\n",
                "    build:\n      context: .\n      additional_contexts: {root: '" + root + "'}\n");
        assertThat(tree(image)).containsOnlyKeys("/bin", "/bin/busybox", "/bin/sh", "/r", "/copied");
        assertThat(content(image, "/r")).isEqualTo("ran\n");
        assertThat(document(image).history().get(0).createdBy()).startsWith("COPY");
    }

    private static void layout(byte[] archive, Path directory) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, tar.readAllBytes());
            }
        }
    }

    @Test
    void anImageOfALayoutIsAContext(@TempDir Path layout) throws Exception {
        ImageTar image = new ImageTar("1.0")
                .layer(gzip(new LayerTar().file("of-layout", "L").bytes()));
        layout(image.ociLayout(), layout);
        int before = engine().images().list().size();
        String dockerfile = "FROM base\nCOPY --from=base /of-layout /copied\n";
        for (String reference : new String[] {"", ":1.0", "@" + image.manifest().digest()}) {
            Image built = build(
                    dockerfile,
                    "    build:\n      context: .\n      additional_contexts: {base: 'oci-layout://" + layout
                            + reference + "'}\n");
            assertThat(content(built, "/copied")).isEqualTo("L");
        }
        assertThat(engine().images().list()).as("only what was built stays").hasSizeLessThanOrEqualTo(before + 1);
        assertThatThrownBy(() -> build(
                        dockerfile,
                        "    build:\n      context: .\n      additional_contexts: {base: 'oci-layout://" + layout
                                + ":2.0'}\n"))
                .hasMessage(
                        "services.web.build: additional context \"base\": \"%s\" has no image \"2.0\", but [1.0]",
                        layout);
        assertThatThrownBy(() -> build(
                        dockerfile,
                        "    build:\n      context: .\n      additional_contexts: {base: 'oci-layout:///none'}\n"))
                .hasMessageContaining("\"/none\" is no OCI layout");
    }

    @Test
    void aKeyIsUsedByCommandsAndNeverSeen(@TempDir Path keys) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-add")), "needs the programs of openssh-client");
        Path key = keys.resolve("id");
        DockerRegistry.run(Map.of(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "mine", "-f", key.toString());
        Image image = build(
                "FROM localhost/host\nRUN --mount=type=ssh ssh-add -l >/keys && ! ls " + keys + "\n",
                "    build:\n      context: .\n      ssh: ['default=" + key + "']\n");
        Path top = image.layers().get(image.layers().size() - 1);
        assertThat(top.resolve("keys")).content().contains("mine (ED25519)");
        assertThatThrownBy(() -> build(
                        "FROM busybox\n", "    build:\n      context: .\n      ssh: ['default=" + key + ".pub']\n"))
                .hasMessageContaining("services.web.build: ssh \"default\": \"" + key
                        + ".pub\": it is neither a private key nor the socket of an agent");
    }
}

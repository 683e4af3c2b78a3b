package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@RequiresRoot
class GrantedFilesIT extends EngineScenario {
    private static final String SECRET = """
            services:
              web:
                image: localhost/host
                command: sleep 1000
                read_only: true
                secrets: [token]
            secrets:
              token: {environment: TOKEN}
            """;

    @Test
    void aValueFromTheEnvironmentIsAFileInMemoryThatEverybodyMayReadAndNobodyWrite() throws Exception {
        up(SECRET);
        assertThat(read("/run/secrets/token")).isEqualTo("0: open sesame");
        assertThat(stat("/run/secrets/token")).isEqualTo("0: 444 0:0 tmpfs\n");
        assertThat(exec("echo x > /run/secrets/token")).contains("Read-only file system");
    }

    @Test
    void aSecretIsInNoFileOfTheState() throws Exception {
        up(SECRET);
        try (Stream<Path> files = Files.walk(directory().resolve("data"))) {
            List<Path> state = files.filter(Files::isRegularFile).toList();
            assertThat(state).isNotEmpty();
            assertThat(state).noneMatch(GrantedFilesIT::holdsTheSecret);
        }
    }

    private static boolean holdsTheSecret(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("open sesame");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aConfigMayBeTheScriptThatTheContainerStartsWith() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: /start
                    configs: [{source: start, target: /start, mode: 0555}]
                configs:
                  start:
                    content: |
                      #!/bin/sh
                      exec sleep 1000
                """);
        assertThat(exec("tr '\\0' ' ' < /proc/1/cmdline")).isEqualTo("0: sleep 1000 ");
    }

    @Test
    void ownerAndModeAreThoseThatAreAskedForWhateverTheFileHas() throws Exception {
        Files.writeString(directory().resolve("key.txt"), "key");
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    secrets:
                      - {source: key, target: moded, uid: "1234", gid: "56", mode: 0400}
                      - {source: key, target: /etc/deep/key, mode: 0600}
                    configs:
                      - {source: text, gid: "99"}
                secrets:
                  key: {file: ./key.txt}
                configs:
                  text: {content: "a = $${b}"}
                """);
        assertThat(stat("/run/secrets/moded")).isEqualTo("0: 400 1234:56 tmpfs\n");
        assertThat(stat("/etc/deep/key")).isEqualTo("0: 600 0:0 tmpfs\n");
        assertThat(stat("/text")).isEqualTo("0: 444 0:99 tmpfs\n");
        assertThat(read("/run/secrets/moded")).isEqualTo("0: key");
        assertThat(read("/text")).isEqualTo("0: a = ${b}");
    }

    @Test
    void aVolumeAtTheSamePlaceComesFirst() throws Exception {
        Files.writeString(directory().resolve("other"), "of the volume");
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    volumes: ["./other:/text"]
                    configs: [text]
                configs:
                  text: {content: of the config}
                """);
        assertThat(read("/text")).isEqualTo("0: of the volume");
    }

    @Test
    void aChangedFileMakesTheContainerAnewAndAnUnchangedOneDoesNot() throws Exception {
        String compose = """
                services:
                  web: {image: localhost/host, command: sleep 1000, configs: [text]}
                configs:
                  text: {file: ./text.txt}
                """;
        Files.writeString(directory().resolve("text.txt"), "one");
        up(compose);
        engine().forgetEvents();
        up(compose);
        assertThat(engine().events()).doesNotContain("CONTAINER p-web-1 Recreated");
        Files.delete(directory().resolve("text.txt"));
        Files.writeString(directory().resolve("text.txt"), "two");
        up(compose);
        assertThat(engine().events()).contains("CONTAINER p-web-1 Recreated");
        assertThat(read("/text")).isEqualTo("0: two");
    }

    @Test
    void whatIsKeptElsewhereIsRefusedWithTheReason() {
        assertThatThrownBy(() -> up("""
                        services:
                          web: {image: localhost/host, command: sleep 1000, secrets: [token]}
                        secrets:
                          token: {external: true}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("unsupported external secret token");
    }

    /** The test's run directory is on a disk, so the value may not be kept there. */
    @Test
    void anEngineThatDoesNotKnowTheValueSaysWhatToDo() throws Exception {
        up(SECRET);
        killEngine();
        startAnotherEngine();
        assertThat(read("/run/secrets/token")).isEqualTo("0: open sesame");
        if (!Files.getFileStore(directory()).type().equals("tmpfs")) {
            assertThatThrownBy(() -> engine().engine().projects().restart(TestEngine.services("web"), event -> {}))
                    .hasMessageContaining("environment variable \"TOKEN\"")
                    .hasMessageContaining("run up again");
        }
    }

    private String read(String path) {
        return engine().exec("p-web-1", "cat", path);
    }

    private String stat(String path) {
        return exec("stat -c '%a %u:%g' " + path + " | tr '\\n' ' '; stat -f -c %T " + path);
    }

    private String exec(String script) {
        return engine().exec("p-web-1", "sh", "-c", script);
    }
}

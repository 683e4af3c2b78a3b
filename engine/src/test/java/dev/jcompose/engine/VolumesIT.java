package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@RequiresRoot
class VolumesIT extends EngineScenario {
    private static final String NAMED = """
            services:
              web:
                image: localhost/host
                command: sleep %d
                volumes: ["data:/data"]
            volumes: {data: {}}
            """;

    @Test
    void aNamedVolumeOutlivesItsContainerAndDownUnlessToldOtherwise() throws Exception {
        up(NAMED.formatted(1000));
        assertThat(write("/data/file", "kept")).isEqualTo("0: ");
        up(NAMED.formatted(2000));
        assertThat(engine().events()).contains("CONTAINER p-web-1 Recreated");
        assertThat(read("/data/file")).isEqualTo("0: kept\n");
        engine().downWithoutVolumes();
        up(NAMED.formatted(1000));
        assertThat(read("/data/file")).isEqualTo("0: kept\n");
        engine().down();
        up(NAMED.formatted(1000));
        assertThat(read("/data/file")).startsWith("1: ");
    }

    @Test
    void aDirectoryThatWasMadeForAMissingFileIsSaidToBeTheReason() {
        assertThatThrownBy(() -> up("""
                        services:
                          web:
                            image: localhost/host
                            command: sleep 1000
                            volumes: ["./my.cnf:/etc/passwd"]
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(
                        "bind mount the directory \"" + directory().resolve("my.cnf") + "\" on \"/etc/passwd\"",
                        "was the file missing");
        assertThat(directory().resolve("my.cnf")).isDirectory();
    }

    @Test
    void anAnonymousVolumeGoesFromAContainerToTheOneThatReplacesItUnlessRenewed() throws Exception {
        String compose = """
                services:
                  web:
                    image: localhost/host
                    command: sleep %d
                    volumes: ["/data"]
                """;
        up(compose.formatted(1000));
        write("/data/file", "kept");
        up(compose.formatted(2000));
        assertThat(read("/data/file")).isEqualTo("0: kept\n");
        engine().up(UpRequest.builder(request(compose.formatted(3000)).projectJson())
                .recreate(UpRequest.Recreate.FORCE)
                .renewAnonymousVolumes(true)
                .stopTimeoutSeconds(0)
                .build());
        assertThat(read("/data/file")).startsWith("1: ");
    }

    @Test
    void aBindMountShowsTheHostsDirectoryAndShortSyntaxMakesAMissingOne() throws Exception {
        Files.writeString(Files.createDirectory(directory().resolve("there")).resolve("file"), "from the host");
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    volumes: ["./there:/there:ro", "./missing:/made"]
                """);
        assertThat(read("/there/file")).isEqualTo("0: from the host");
        assertThat(write("/there/file", "x")).startsWith("2: ").contains("Read-only file system");
        assertThat(write("/made/file", "from the container")).isEqualTo("0: ");
        assertThat(directory().resolve("missing/file")).hasContent("from the container\n");
    }

    @Test
    void aMissingSourceThatIsNotToBeMadeIsNamed() {
        assertThatThrownBy(() -> up("""
                        services:
                          web:
                            image: localhost/host
                            command: sleep 1000
                            volumes:
                              - {type: bind, source: ./missing, target: /data, bind: {create_host_path: false}}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(directory().resolve("missing").toString());
        assertThat(Files.exists(directory().resolve("missing"))).isFalse();
    }

    @Test
    void aSubpathIsOnlyThatPartOfTheVolume() throws Exception {
        up(NAMED.formatted(1000));
        engine().exec("p-web-1", "sh", "-c", "mkdir -p /data/one/two && echo inner > /data/one/two/file");
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    volumes:
                      - {type: volume, source: data, target: /part, volume: {subpath: one/two}}
                volumes: {data: {}}
                """);
        assertThat(engine().exec("p-web-1", "ls", "/part")).isEqualTo("0: file\n");
    }

    @Test
    void aTmpfsHasItsSizeAndIsGoneWithTheRun() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    read_only: true
                    tmpfs: ["/scratch:size=1m,mode=700"]
                    volumes:
                      - {type: tmpfs, target: /other, tmpfs: {size: 64k}}
                """);
        assertThat(engine().exec("p-web-1", "stat", "-f", "-c", "%T %b", "/scratch"))
                .isEqualTo("0: tmpfs 256\n");
        assertThat(engine().exec("p-web-1", "stat", "-c", "%a", "/scratch")).isEqualTo("0: 700\n");
        assertThat(engine().exec("p-web-1", "stat", "-f", "-c", "%T %b", "/other"))
                .isEqualTo("0: tmpfs 16\n");
        assertThat(write("/file", "x")).contains("Read-only file system");
    }

    @Test
    void aMountBelowAnotherIsNotHiddenByIt() throws Exception {
        Files.writeString(Files.createDirectory(directory().resolve("there")).resolve("file"), "inner");
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    volumes: ["./there:/data/deep/er", "data:/data", "more:/data/deep"]
                volumes: {data: {}, more: {}}
                """);
        assertThat(read("/data/deep/er/file")).isEqualTo("0: inner");
    }

    @Test
    void configsAndSecretsAreReadableFilesAndNothingOfThemIsLeft() throws Exception {
        Files.writeString(directory().resolve("password.txt"), "open sesame");
        Files.writeString(directory().resolve("app.conf"), "level = 3");
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    configs:
                      - source: app
                        target: /etc/app/app.conf
                      - inline
                    secrets: [password]
                configs:
                  app: {file: ./app.conf}
                  inline: {content: "port = 8080"}
                secrets:
                  password: {file: ./password.txt}
                """);
        assertThat(read("/etc/app/app.conf")).isEqualTo("0: level = 3");
        assertThat(read("/inline")).isEqualTo("0: port = 8080");
        assertThat(read("/run/secrets/password")).isEqualTo("0: open sesame");
        assertThat(write("/run/secrets/password", "x")).startsWith("2: ");
    }

    @Test
    void aSecretsMissingFileIsNamed() {
        assertThatThrownBy(() -> up("""
                        services:
                          web: {image: localhost/host, command: sleep 1000, secrets: [password]}
                        secrets:
                          password: {file: ./nowhere.txt}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(Path.of("nowhere.txt").toString(), "secret \"password\"");
    }

    private String read(String path) {
        return engine().exec("p-web-1", "cat", path);
    }

    private String write(String path, String text) {
        return engine().exec("p-web-1", "sh", "-c", "echo '" + text + "' > " + path);
    }
}

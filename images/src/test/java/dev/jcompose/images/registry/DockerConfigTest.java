package dev.jcompose.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DockerConfigTest {
    @TempDir
    Path directory;

    private DockerConfig config(String json) throws IOException {
        Files.writeString(directory.resolve("config.json"), json);
        return new DockerConfig(RegistryAccess.of(Map.of("DOCKER_CONFIG", directory.toString())));
    }

    @Test
    void aLoginIsFoundUnderEverySpellingOfItsRegistry() throws IOException {
        DockerConfig config = config("""
                {"auths": {
                    "https://index.docker.io/v1/": {"auth": "aHViOmE6Yg=="},
                    "https://one.example/v2/": {"username": "u", "password": "p"},
                    "two.example:5000": {"auth": "eDp5", "identitytoken": "t"}}}
                """);
        assertThat(config.find("docker.io")).contains(Credentials.of("hub", "a:b"));
        assertThat(config.find("one.example")).contains(Credentials.of("u", "p"));
        assertThat(config.find("two.example:5000")).contains(new Credentials("x", "y", "t"));
        assertThat(config.find("three.example")).isEmpty();
    }

    @Test
    void aRepositoryHasTheLoginOfTheLongestPathThatLeadsToIt() throws IOException {
        DockerConfig config = config("""
                {"auths": {
                    "one.example": {"username": "all", "password": "p"},
                    "one.example/team": {"username": "team", "password": "p"},
                    "one.example/team/app": {"username": "app", "password": "p"}}}
                """);
        assertThat(config.find("one.example", "team/app")).contains(Credentials.of("app", "p"));
        assertThat(config.find("one.example", "team/app/part")).contains(Credentials.of("app", "p"));
        assertThat(config.find("one.example", "team/apple")).contains(Credentials.of("team", "p"));
        assertThat(config.find("one.example", "other")).contains(Credentials.of("all", "p"));
        assertThat(config.find("two.example", "team")).isEmpty();
    }

    @Test
    void aLoginIsKeptForItsOwnerAndTheRestOfTheFileStays() throws IOException {
        DockerConfig config = config("{\"HttpHeaders\":{\"X\":\"y\"},\"auths\":{\"one.example\":{\"auth\":\"eDp5\"}}}");
        assertThat(config.store("docker.io", Credentials.of("me", "secret"))).isPresent();
        Path file = directory.resolve("config.json");
        assertThat(Files.readString(file)).contains("\"HttpHeaders\"", "https://index.docker.io/v1/", "one.example");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(config.find("docker.io")).contains(Credentials.of("me", "secret"));
        assertThat(config.erase("docker.io")).isTrue();
        assertThat(config.erase("docker.io")).isFalse();
        assertThat(Files.readString(file)).doesNotContain("index.docker.io").contains("one.example");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        DockerConfig broken = config("{");
        assertThatThrownBy(() -> broken.find("x")).hasMessageContaining("config.json' is not valid JSON");
        DockerConfig wrong = config("{\"auths\":{\"x.example\":{\"auth\":\"!\"}}}");
        assertThatThrownBy(() -> wrong.find("x.example")).hasMessageContaining("is not in base64");
    }

    private CredentialHelper helper(String script, Duration patience) throws IOException {
        Path program = Files.writeString(directory.resolve("docker-credential-test"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> environment = Map.of("PATH", directory + ":/usr/bin:/bin");
        return new CredentialHelper("test", environment, new JsonMapper(), patience);
    }

    @Test
    void aHelperThatNeverAnswersIsNotWaitedForForEver() throws IOException {
        CredentialHelper helper = helper("sleep 1000\n", Duration.ofMillis(200));
        assertThatThrownBy(() -> helper.get("x.example"))
                .hasMessageContaining("credential helper 'docker-credential-test get' did not end within");
    }

    @Test
    void aHelperThatDoesNotListenSaysWhy() throws IOException {
        CredentialHelper helper = helper("exec <&-; echo no keychain; exit 3\n", Duration.ofSeconds(30));
        assertThatThrownBy(() -> helper.store("x.example", Credentials.of("me", "s".repeat(1 << 20))))
                .hasMessage("credential helper 'docker-credential-test store' failed with status 3: no keychain");
    }

    @Test
    void aPasswordIsNotTold() {
        assertThat(Credentials.of("me", "secret").toString()).doesNotContain("secret");
    }
}

package dev.jcompose.model.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingFilesTest {

    @TempDir
    Path scratch = Path.of("");

    private Files files = new Files(scratch);

    @BeforeEach
    void makeAProjectDirectory() {
        files = new Files(scratch.resolve("My.Project"));
    }

    private static String service(String name) {
        return "services: {" + name + ": {image: x}}";
    }

    @Test
    void takesTheFirstDefaultNameAndItsOverride() throws IOException {
        files.file("docker-compose.yml", service("old"))
                .file("compose.yaml", service("a"))
                .file("docker-compose.override.yml", service("b"));

        assertThat(files.project().servicesByName().keySet()).containsExactly("a", "b");
        assertThat(files.result().warnings().get(0).message()).contains("Found multiple config files");
    }

    @Test
    void searchesUpwards() throws IOException {
        files.file("compose.yml", service("a")).file("deep/er/.keep", "").in("deep/er");

        assertThat(files.project().workingDirectory()).isEqualTo(scratch.resolve("My.Project"));
        assertThat(files.project().name()).isEqualTo("myproject");
    }

    @Test
    void variableNamesFilesAndSwitchesTheOverrideOff() throws IOException {
        files.file("x.yaml", service("x"))
                .file("y.yaml", service("y"))
                .file("compose.override.yaml", service("o"))
                .with("COMPOSE_FILE", "x.yaml:y.yaml");

        assertThat(files.project().servicesByName().keySet()).containsExactly("x", "y");
    }

    @Test
    void saysThatThereIsNone() {
        files = new Files(Path.of("/"));

        assertThat(files.failure()).isEqualTo("no configuration file provided: not found");
    }

    @Test
    void namesAMissingFile() {
        files.request().files(List.of(ComposeSource.file("nope.yaml")));

        assertThat(files.failure()).endsWith("/My.Project/nope.yaml: no such file or directory");
    }

    @Test
    void emptyFileIsAnError() throws IOException {
        assertThat(files.file("compose.yaml", "# nothing\n").failure())
                .isEqualTo("compose.yaml:1:1: empty compose file\n    # nothing\n    ^");
    }

    @Test
    void givenNameMustBeValidAndOthersAreMadeSo() throws IOException {
        files.file("compose.yaml", "name: ${N:-My App}\n" + service("a"));

        assertThat(files.project().name()).isEqualTo("myapp");
        assertThat(files.with("COMPOSE_PROJECT_NAME", "env").project().name()).isEqualTo("env");
        files.request().projectName("Foo");
        assertThat(files.failure()).startsWith("invalid project name \"Foo\": must consist only of lowercase");
    }

    @Test
    void dotEnvIsBelowTheCallersVariablesAndMaySetTheTool() throws IOException {
        files.file(".env", "A=dot\nB=dot\nCOMPOSE_PROFILES=p\nCOMPOSE_FILE=f.yaml\n")
                .file("f.yaml", "services: {a: {image: \"$A-$B\", profiles: [p]}}")
                .with("A", "shell");

        assertThat(files.project().service("a").orElseThrow().image()).isEqualTo("shell-dot");
    }

    @Test
    void envFilesReplaceDotEnvAndTheLastOneWins() throws IOException {
        files.file(".env", "A=dot\nB=dot\n")
                .file("1.env", "A=1\nC=1\n")
                .file("2.env", "A=2\n")
                .file("compose.yaml", "services: {a: {image: \"$A-$B-$C\"}}");
        files.request().envFiles(List.of(Path.of("1.env"), Path.of("2.env")));

        assertThat(files.project().service("a").orElseThrow().image()).isEqualTo("2--1");
        files.request().envFiles(List.of(Path.of("nope.env")));
        assertThat(files.failure()).startsWith("couldn't find env file: ");
    }

    @Test
    void errorInAnEnvFileNamesFileAndLine() throws IOException {
        files.file(".env", "A=1\nB%=2\n").file("compose.yaml", service("a"));

        assertThat(files.failure())
                .startsWith(scratch.resolve("My.Project/.env") + ":2:1: failed to read ")
                .contains("line 2: unexpected character \"%\"");
    }
}

package dev.jcompose.model.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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

        assertThat(files.failure()).isEqualTo("""
                no configuration file provided: not found
                    looked for compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml
                    in /
                    give one with -f or COMPOSE_FILE""");
    }

    @Test
    void namesAMissingFile() {
        files.request().files(List.of(ComposeSource.file("nope.yaml")));

        assertThat(files.failure()).endsWith("/My.Project/nope.yaml: no such file or directory\n    named by -f");
    }

    @Test
    void namesTheLineOfTheVariableThatNamesAMissingFile() throws IOException {
        files.file(".env", "A=1\nCOMPOSE_FILE=nope.yaml\n");

        assertThat(files.failure())
                .startsWith(scratch.resolve("My.Project/.env") + ":2:1: open ")
                .endsWith("/My.Project/nope.yaml: no such file or directory\n    from the variable COMPOSE_FILE");
    }

    @Test
    void namesTheOriginOfAnInvalidName() throws IOException {
        files.file("compose.yaml", service("a")).file(".env", "\n COMPOSE_PROJECT_NAME=Foo\n");

        assertThat(files.failure())
                .startsWith(scratch.resolve("My.Project/.env") + ":2:2: invalid project name \"Foo\": must consist")
                .endsWith("\n    from the variable COMPOSE_PROJECT_NAME");
        assertThat(files.with("COMPOSE_PROJECT_NAME", "Bar").failure())
                .startsWith("invalid project name \"Bar\"")
                .endsWith("\n    from the variable COMPOSE_PROJECT_NAME in the environment");
        files.request().projectName("Foo");
        assertThat(files.failure()).endsWith("\n    from -p");
    }

    @Test
    void warnsOfANameOfWhichNothingIsLeft() throws IOException {
        files.file("compose.yaml", "name: ---\n" + service("a"));

        assertThat(files.project().name()).isEqualTo("myproject");
        assertThat(files.result().warnings().get(0).toString())
                .startsWith("compose.yaml:1:7: name: nothing of \"---\" can be in a project name; it is \"myproject\","
                        + " after the directory");
    }

    @Test
    void suggestsTheServiceThatWasMeant() throws IOException {
        files.file("compose.yaml", "services: {web: {image: x}, db: {image: x, profiles: [p]}}");
        files.request().services(List.of("wbe"));
        assertThat(files.failure()).isEqualTo("no such service: wbe\n    did you mean \"web\"?");

        files.request().services(List.of("other"));
        assertThat(files.failure()).isEqualTo("no such service: other\n    there are db, web");
    }

    @Test
    void switchForDotEnvIsABoolean() throws IOException {
        files.file("compose.yaml", "services: {a: {image: \"x${A}\"}}").file(".env", "A=1\n");

        assertThat(files.with("COMPOSE_DISABLE_ENV_FILE", "T")
                        .project()
                        .service("a")
                        .orElseThrow()
                        .image())
                .isEqualTo("x");
        assertThat(files.with("COMPOSE_DISABLE_ENV_FILE", "yes").failure())
                .startsWith("the environment variable COMPOSE_DISABLE_ENV_FILE is \"yes\", which is no boolean");
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
        assertThat(files.failure())
                .startsWith("couldn't find env file: ")
                .endsWith("nope.env\n    named by --env-file");
    }

    @Test
    void errorInAnEnvFileNamesFileAndLine() throws IOException {
        files.file(".env", "A=1\nB%=2\n").file("compose.yaml", service("a"));

        assertThat(files.failure())
                .startsWith(scratch.resolve("My.Project/.env") + ":2:2: failed to read ")
                .contains("line 2: unexpected character \"%\"");
    }

    @Test
    void fileInAnotherEncodingIsReportedAtTheByteThatIsNoText() throws IOException {
        Path file = write("services:\n  a: {image: \u00e9}\n", StandardCharsets.ISO_8859_1);

        assertThat(new Files(scratch).failure())
                .isEqualTo("compose.yaml:2:14: open " + file + ": the file is not UTF-8");
    }

    @Test
    void fileMayBeUtf16WithAByteOrderMark() throws IOException {
        write("services: {a: {image: \u00e9}}", StandardCharsets.UTF_16);

        assertThat(new Files(scratch).project().service("a").orElseThrow().image())
                .isEqualTo("\u00e9");
    }

    private Path write(String text, Charset charset) throws IOException {
        return java.nio.file.Files.write(scratch.resolve("compose.yaml"), text.getBytes(charset));
    }

    @Test
    void valueThatTheCallerHasFromTheEnvFileIsReportedThere() throws IOException {
        files.file(".env", "A=1\nCOMPOSE_PROJECT_NAME=Foo\n")
                .file("compose.yaml", service("a"))
                .with("COMPOSE_PROJECT_NAME", "Foo");

        assertThat(files.failure()).contains(".env:2:1: ", "invalid project name \"Foo\"");
    }
}

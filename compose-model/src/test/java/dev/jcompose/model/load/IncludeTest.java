package dev.jcompose.model.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.Project;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeTest {

    @TempDir
    Path directory = Path.of("");

    private Files files = new Files(directory);

    @BeforeEach
    void startInTheDirectory() {
        files = new Files(directory);
    }

    @Test
    void includedProjectHasItsOwnDirectoryAndVariables() throws IOException {
        Project project = files.file(
                        "compose.yaml", "include: [sub/c.yaml]\nservices: {a: {image: x, depends_on: [b]}}")
                .file(
                        "sub/c.yaml",
                        "name: other\nservices: {b: {image: \"i:$V\", volumes: ['./d:/d', 'data:/v']}}\nvolumes: {data: }")
                .file("sub/.env", "V=sub")
                .project();

        assertThat(project.service("b").orElseThrow().image()).isEqualTo("i:sub");
        assertThat(project.service("b").orElseThrow().volumes().get(0).source())
                .isEqualTo(directory.resolve("sub/d").toString());
        assertThat(requireNonNull(project.volumes().get("data")).name()).isEqualTo(project.name() + "_data");
    }

    @Test
    void includingEnvironmentWins() throws IOException {
        Project project = files.file("compose.yaml", "include: [sub/c.yaml]")
                .file("sub/c.yaml", "services: {b: {image: \"i:$V\"}}")
                .file("sub/.env", "V=sub")
                .file(".env", "V=main")
                .project();

        assertThat(project.service("b").orElseThrow().image()).isEqualTo("i:main");
    }

    @Test
    void includingFileIsMergedOverWhatItIncludes() throws IOException {
        Project project = files.file("compose.yaml", "include: [sub/c.yaml]\nservices: {b: {user: main}}")
                .file("sub/c.yaml", "services: {b: {image: x, user: sub}}")
                .project();

        assertThat(project.service("b").orElseThrow().user()).isEqualTo("main");
    }

    @Test
    void severalPathsAreOverridesAndTheFirstGivesTheDirectory() throws IOException {
        Project project = files.file(
                        "compose.yaml",
                        "include: [{path: [sub/c.yaml, o.yaml], env_file: [e.env], project_directory: sub/dir}]")
                .file("sub/c.yaml", "services: {b: {image: x}}")
                .file("o.yaml", "services: {b: {image: \"$V\", build: .}}")
                .file("e.env", "V=e")
                .project();

        assertThat(project.service("b").orElseThrow().image()).isEqualTo("e");
        assertThat(requireNonNull(project.service("b").orElseThrow().build()).context())
                .isEqualTo(directory.resolve("sub/dir").toString());
    }

    @Test
    void circleIsReported() throws IOException {
        assertThat(files.file("compose.yaml", "include: [b.yaml]")
                        .file("b.yaml", "include: [compose.yaml]")
                        .failure())
                .startsWith("b.yaml:1:11: include cycle detected:\n")
                .contains(directory + "/compose.yaml\n include " + directory + "/b.yaml\n include");
    }

    @Test
    void otherFormsAndMissingFilesAreErrors() throws IOException {
        assertThat(files.file("compose.yaml", "include: other.yaml").failure())
                .startsWith("compose.yaml:1:10: include: `include` must be a list, got other.yaml");
        assertThat(files.file("compose.yaml", "include: [other.yaml]").failure())
                .startsWith("compose.yaml:1:11: include: open " + directory + "/other.yaml: no such file or directory");
        assertThat(files.file("compose.yaml", "include: ['oci://x/y']").failure())
                .contains("remote files are not supported: \"oci://x/y\"")
                .contains("fetch it first");
    }

    @Test
    void entriesAreCheckedAgainstTheSchema() throws IOException {
        assertThat(files.file("compose.yaml", "include: [{path: b.yaml, env_fil: x}, 5]\nservices: {a: {image: x}}")
                        .failure())
                .contains("compose.yaml:1:26: include.0 additional properties 'env_fil' not allowed")
                .contains("did you mean \"env_file\"?")
                .contains("compose.yaml:1:39: include.1 must be a string");
    }

    @Test
    void errorInAnIncludedFileNamesThatFile() throws IOException {
        assertThat(files.file("compose.yaml", "include: [sub/c.yaml]")
                        .file("sub/c.yaml", "services:\n  b: {image: 5}")
                        .failure())
                .startsWith("sub/c.yaml:2:14: services.b.image must be a string");
    }

    @Test
    void mistakesInTheFileTellTheWay() throws IOException {
        Files files = new Files(directory)
                .file("other.yaml", "services: [")
                .file("compose.yaml", "include: [other.yaml]\nservices: {a: {image: x}}");

        assertThat(files.failure())
                .startsWith("other.yaml:1:12: invalid YAML: ")
                .contains("through include at compose.yaml:1:11");
    }

    @Test
    void mistakesInTheEnvFileTellTheWay() throws IOException {
        Files files = new Files(directory)
                .file("x.env", "A B=1")
                .file("other.yaml", "services: {b: {image: x}}")
                .file("compose.yaml", "include: [{path: other.yaml, env_file: x.env}]");

        assertThat(files.failure())
                .contains("x.env:1:1: ", "key cannot contain a space", "through include at compose.yaml:1:11");
    }

    @Test
    void mustBeAList() {
        assertThat(Loading.of("include: {path: x}\nservices: {a: {image: x}}").problems())
                .singleElement()
                .isEqualTo("compose.yaml:1:10: include: `include` must be a list, got a mapping");
    }
}

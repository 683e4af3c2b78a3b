package dev.jcompose.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Project;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentProjectsTest {
    private static final String SERVICE = "name: shop\nservices: {web: {image: '${IMAGE:-i}'}}\n";

    @TempDir
    Path folder;

    /** For which all files are old. */
    private final RecentProjects projects = new RecentProjects(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)));

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Project load(Map<String, String> environment) {
        return projects.apply(
                        LoadRequest.builder(folder).environment(environment).build())
                .project();
    }

    private Project load() {
        return load(Map.of());
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws Exception {
        write("compose.yaml", SERVICE);
        assertThat(load()).isSameAs(load());
    }

    @Test
    void aChangeOfAnyFileIsSeen() throws Exception {
        write("compose.yaml", SERVICE);
        Project first = load();
        write(".env", "IMAGE=from-env\n");
        assertThat(load()).isNotEqualTo(first);
        write("compose.override.yaml", "services: {db: {image: d}}\n");
        assertThat(load().servicesByName()).containsOnlyKeys("web", "db");
        Files.delete(folder.resolve("compose.override.yaml"));
        Files.delete(folder.resolve(".env"));
        assertThat(load()).isEqualTo(first);
    }

    @Test
    void aFileBehindALinkIsTheFile() throws Exception {
        write("one", SERVICE);
        write("two", SERVICE.replace("web", "second"));
        Path link = Files.createSymbolicLink(folder.resolve("compose.yaml"), Path.of("one"));
        assertThat(load().servicesByName()).containsOnlyKeys("web");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("two"));
        assertThat(load().servicesByName()).containsOnlyKeys("second");
        write("two", SERVICE.replace("web", "third"));
        assertThat(load().servicesByName()).containsOnlyKeys("third");
    }

    @Test
    void anotherQuestionHasItsOwnAnswer() throws Exception {
        write("compose.yaml", SERVICE);
        assertThat(load(Map.of("IMAGE", "a"))).isNotEqualTo(load(Map.of("IMAGE", "b")));
    }

    @Test
    void projectsWithFurtherFilesAreReadEachTime() throws Exception {
        write("compose.yaml", "include: [part.yaml]\n" + SERVICE);
        write("part.yaml", "services: {db: {image: d}}\n");
        assertThat(load()).isNotSameAs(load());
        write("compose.yaml", "services: {web: {image: i, env_file: web.env}}\n");
        write("web.env", "A=1\n");
        assertThat(load()).isNotSameAs(load());
        write("compose.yaml", "services: {web: {image: i, extends: {file: part.yaml, service: db}}}\n");
        assertThat(load()).isNotSameAs(load());
    }

    @Test
    void textsFromElsewhereAndFilesThatWereJustChangedAreReadEachTime() throws Exception {
        LoadRequest text = LoadRequest.builder(folder)
                .files(List.of(ComposeSource.text(SERVICE)))
                .build();
        assertThat(projects.apply(text)).isNotSameAs(projects.apply(text));
        write("compose.yaml", SERVICE);
        RecentProjects now = new RecentProjects(Clock.systemUTC());
        LoadRequest request = LoadRequest.builder(folder).build();
        assertThat(now.apply(request)).isNotSameAs(now.apply(request));
    }
}

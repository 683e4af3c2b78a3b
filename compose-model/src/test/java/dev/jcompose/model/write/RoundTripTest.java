package dev.jcompose.model.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Project;
import dev.jcompose.model.hash.ConfigHash;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.yaml.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written is read back as the same project; with every file of the pitfall cases that loads alone. */
class RoundTripTest {

    private static List<Project> projects() throws IOException {
        List<Project> projects = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/pit/cases.jsonl"))) {
            Node files = ((MappingNode) JsonReader.read(line)).get("files");
            Node file = files instanceof MappingNode mapping ? mapping.get("compose.yaml") : null;
            if (file != null) {
                add(projects, String.valueOf(file.plain()));
            }
        }
        projects.add(load(Files.readString(Path.of("src/test/resources/every-attribute.yaml"))));
        return projects;
    }

    private static void add(List<Project> projects, String text) {
        try {
            projects.add(load(text));
        } catch (ComposeFileException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    private static Project load(String text) {
        return new ComposeLoader()
                .load(LoadRequest.builder(Path.of("/project"))
                        .files(List.of(new ComposeSource("compose.yaml", text)))
                        .environment(Map.of("V", "value", "HOME", "/home/user"))
                        .profiles(List.of("*"))
                        .build())
                .project();
    }

    @Test
    void completeJsonIsReadAsTheSameProject() throws IOException {
        List<Project> projects = projects();
        assertThat(projects).hasSizeGreaterThan(150);
        for (Project project : projects) {
            String json = ProjectWriter.toJson(project);
            assertThat(ProjectReader.fromJson(json)).as(json).isEqualTo(project);
        }
    }

    @Test
    void configYamlLoadsAsTheSameProject() throws IOException {
        for (Project project : projects()) {
            String yaml = ProjectWriter.toYaml(project);
            String again = ProjectWriter.toYaml(load(yaml));
            assertThat(again).isEqualTo(yaml);
        }
    }

    @Test
    void hashSurvivesTheRoundTrip() throws IOException {
        for (Project project : projects()) {
            Project read = ProjectReader.fromJson(ProjectWriter.toJson(project));
            project.services()
                    .forEach(service -> assertThat(
                                    ConfigHash.of(read.service(service.name()).orElseThrow()))
                            .isEqualTo(ConfigHash.of(service)));
        }
    }
}

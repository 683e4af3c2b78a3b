package dev.jcompose.model.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Loading;
import dev.jcompose.model.Project;
import org.junit.jupiter.api.Test;

class ProjectWriterTest {
    private static final String FILE = """
            services:
              web: {image: x, command: "echo $$HOME", ports: ["8080:80"], depends_on: [db], x-own: 1}
              db: {image: x, stop_grace_period: 90s, profiles: [p]}
              off: {image: x, profiles: [q]}
            x-top: {b: 1, a: 2}
            """;

    @Test
    void yamlIsSortedAndHasDollarsDoubled() {
        assertThat(ProjectWriter.toYaml(Loading.of(FILE).profile("p").project()))
                .isEqualTo("""
                        name: test
                        services:
                          db:
                            command: null
                            entrypoint: null
                            image: x
                            networks:
                              default: null
                            profiles:
                              - p
                            stop_grace_period: 1m30s
                          web:
                            command:
                              - echo
                              - $$HOME
                            depends_on:
                              db:
                                condition: service_started
                                required: true
                            entrypoint: null
                            image: x
                            networks:
                              default: null
                            ports:
                              - mode: ingress
                                protocol: tcp
                                published: "8080"
                                target: 80
                            x-own: 1
                        networks:
                          default:
                            ipam: {}
                            name: test_default
                        x-top:
                          a: 2
                          b: 1
                        """);
    }

    @Test
    void referenceJsonHasExtensionsAtTheTopOnly() {
        String json = ProjectWriter.toJson(Loading.of(FILE).profile("p").project(), WriteOptions.CONFIG_JSON);

        assertThat(json).contains("\"x-top\"").doesNotContain("x-own").contains("$$HOME");
    }

    @Test
    void completeJsonKeepsDisabledServicesAndDirectories() {
        Project project = Loading.of(FILE).profile("p").project();
        Project read = ProjectReader.fromJson(ProjectWriter.toJson(project));

        assertThat(read).isEqualTo(project);
        assertThat(read.disabledServices().keySet()).containsExactly("off");
        assertThat(read.workingDirectory()).hasToString("/project");
    }

    @Test
    void otherJsonIsRejected() {
        assertThatThrownBy(() -> ProjectReader.fromJson("{}")).hasMessageContaining("not a complete project");
        assertThatThrownBy(() -> ProjectReader.fromJson("[")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void graphIsDrawn() {
        Project project = Loading.of(FILE).profile("p").project();

        assertThat(GraphWriter.toMermaid(project))
                .isEqualTo("flowchart LR\n    s0[\"web\"]\n    s1[\"db\"]\n    s0 -->|started| s1\n");
        assertThat(GraphWriter.toDot(project)).contains("\"web\" -> \"db\" [label=\"started\"];");
    }
}

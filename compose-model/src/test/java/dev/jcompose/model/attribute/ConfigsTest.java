package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.ProjectWriter;
import org.junit.jupiter.api.Test;

class ConfigsTest {

    @Test
    void grantHasNoDefaultTarget() {
        assertThat(Loading.of("""
                        services: {a: {image: x, configs: [c, {source: c, target: /t, mode: 0400}]}}
                        configs: {c: {content: "x"}}
                        """).printed()).isEqualTo("""
                        configs:
                          - source: c
                          - mode: "0400"
                            source: c
                            target: /t
                        """);
    }

    @Test
    void contentIsInterpolated() {
        Project project = Loading.of("services: {a: {image: x, configs: [c]}}\nconfigs: {c: {content: 'v=$V $$X'}}")
                .with("V", "1")
                .project();

        assertThat(requireNonNull(project.configs().get("c")).content()).isEqualTo("v=1 $X");
        assertThat(ProjectWriter.toYaml(project)).contains("content: v=1 $$X");
    }

    @Test
    void configNeedsExactlyOneSourceEvenIfNobodyUsesIt() {
        assertThat(Loading.of("""
                        services: {}
                        configs:
                          a: {}
                          b: {file: x, content: y}
                        """).problems())
                .containsExactly(
                        "compose.yaml:3:6: configs.a: one of file|environment|content must be set",
                        "compose.yaml:4:16: configs.b: file|environment|content attributes are mutually exclusive");
    }

    @Test
    void itMustBeDefined() {
        assertThat(problems("""
                        configs: [c]
                        """))
                .containsExactly(
                        "compose.yaml:4:15: services.a.configs[0]: service \"a\" refers to undefined config c: invalid compose project");
    }
}

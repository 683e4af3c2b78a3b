package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.FileMount;
import dev.jcompose.model.Loading;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.ProjectWriter;
import org.junit.jupiter.api.Test;

class SecretsTest {

    @Test
    void grantHasADefaultTargetAndAnOctalMode() {
        assertThat(Loading.of("""
                        services: {a: {image: x, secrets: [s, {source: s, target: t, uid: "1", gid: "2", mode: 0440}, {source: s, target: /u, mode: "440"}, {source: s, target: /d, mode: 440}]}}
                        secrets: {s: {file: f}}
                        """).printed()).isEqualTo("""
                        secrets:
                          - source: s
                            target: /run/secrets/s
                          - gid: "2"
                            mode: "0440"
                            source: s
                            target: t
                            uid: "1"
                          - mode: "0440"
                            source: s
                            target: /u
                          - mode: "0670"
                            source: s
                            target: /d
                        """);
    }

    @Test
    void relativeTargetIsBelowRunSecrets() {
        assertThat(Loading.of(
                                "services: {a: {image: x, secrets: [s, {source: s, target: t}, {source: s, target: /u}]}}\n"
                                        + "secrets: {s: {file: f}}")
                        .a()
                        .secrets())
                .extracting(FileMount::secretPath)
                .containsExactly("/run/secrets/s", "/run/secrets/t", "/u");
    }

    @Test
    void overrideOfTheSameTargetTakesItsPlace() {
        assertThat(Loading.of("""
                        services: {a: {image: x, secrets: [s, t]}}
                        secrets: {s: {file: f}, t: {file: f}}
                        """, """
                        services: {a: {secrets: [{source: s, mode: 0400}]}}
                        """).printed()).isEqualTo("""
                        secrets:
                          - mode: "0400"
                            source: s
                            target: /run/secrets/s
                          - source: t
                            target: /run/secrets/t
                        """);
    }

    @Test
    void valueIsResolvedButNotPrinted() {
        Project project = Loading.of("services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {environment: E}}")
                .with("E", "top secret")
                .project();

        assertThat(requireNonNull(project.secrets().get("s")).content()).isEqualTo("top secret");
        assertThat(ProjectWriter.toYaml(project)).doesNotContain("top secret");
    }

    @Test
    void secretNeedsExactlyOneSourceEvenIfNobodyUsesIt() {
        assertThat(Loading.of("""
                        services: {}
                        secrets:
                          a: {}
                          b: {file: x, environment: y}
                          c: {content: z}
                        """).problems())
                .containsExactly(
                        "compose.yaml:3:6: secrets.a: one of file|environment must be set",
                        "compose.yaml:4:16: secrets.b: file|environment attributes are mutually exclusive",
                        "compose.yaml:5:7: secrets.c additional properties 'content' not allowed");
    }

    @Test
    void itMustBeDefined() {
        assertThat(problems("""
                        secrets: [s]
                        """))
                .containsExactly(
                        "compose.yaml:4:15: services.a.secrets[0]: service \"a\" refers to undefined secret s: invalid compose project");
    }

    @Test
    void ownerIsText() {
        assertThat(Loading.of("""
                        services: {a: {image: x, secrets: [{source: s, uid: 1}]}}
                        secrets: {s: {file: f}}
                        """).problems())
                .containsExactly("compose.yaml:1:53: services.a.secrets.0.uid must be a string");
    }
}

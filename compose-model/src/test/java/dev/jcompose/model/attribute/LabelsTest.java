package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {

    @Test
    void valuesAreTextInEitherForm() {
        assertThat(canonical("""
                        labels: {a: 1, b: true, c: , d: "", e: 1.50}
                        annotations: [k=v, bare]
                        """)).isEqualTo("""
                        annotations:
                          bare: ""
                          k: v
                        labels:
                          a: "1"
                          b: "true"
                          c: ""
                          d: ""
                          e: "1.5"
                        """);
    }

    @Test
    void formsMergeByKey() {
        assertThat(Loading.of("""
                        services: {a: {image: x, labels: {a: 1, b: 2}, annotations: [a=1]}}
                        """, """
                        services: {a: {labels: [b=3, c=4], annotations: {a: 2}}}
                        """).printed()).isEqualTo("""
                        annotations:
                          a: "2"
                        labels:
                          a: "1"
                          b: "3"
                          c: "4"
                        """);
    }

    @Test
    void reservedPrefixIsAccepted() {
        assertThat(canonical("""
                        labels: {com.docker.compose.x: y}
                        """)).isEqualTo("""
                        labels:
                          com.docker.compose.x: "y"
                        """);
    }

    @Test
    void filesAreBelowTheAttribute(@TempDir Path directory) throws IOException {
        Path one = Files.writeString(directory.resolve("1"), "a=file\nb=file\n");
        Path two = Files.writeString(directory.resolve("2"), "b=later\n");

        assertThat(Loading.service("label_file: [" + one + ", " + two + "]\nlabels: {a: own, c: }")
                        .labels())
                .hasToString("{a=own, b=later, c=}");
    }

    @Test
    void missingFileIsAnErrorAtTheAttribute() {
        assertThat(problems("""
                        label_file: nope
                        """))
                .containsExactly(
                        "compose.yaml:4:17: services.a.label_file[0]: label file /project/nope not found: stat /project/nope: no such file or directory");
    }
}

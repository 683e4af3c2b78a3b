package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {

    @Test
    void textIsAListOfOneRequiredFile() {
        assertThat(Loading.of("""
                        services: {a: {image: x, env_file: "/dev/null"}}
                        """, """
                        services: {a: {env_file: [{path: nope, required: "false"}]}}
                        """).printed()).isEqualTo("""

                        """);
    }

    @Test
    void filesAreBelowTheAttributeAndLaterFilesAboveEarlierOnes(@TempDir Path directory) throws IOException {
        Path first = Files.writeString(directory.resolve("1.env"), "A=1\nB=1\nC=1\nD=${A}${Z}\n");
        Path second = Files.writeString(directory.resolve("2.env"), "B=2\n");
        Path raw = Files.writeString(directory.resolve("raw.env"), "R=\"$A\" # c\n");

        assertThat(Loading.service("""
                        environment: {C: own, Z: z}
                        env_file:
                          - %s
                          - {path: %s, required: true}
                          - {path: %s, format: raw}
                          - {path: %s, required: false}
                        """.formatted(first, second, raw, directory.resolve("missing.env")))
                        .environment())
                .hasToString("{A=1, B=2, C=own, D=1z, R=\"$A\" # c, Z=z}");
    }

    @Test
    void missingFileIsAnErrorOnlyForEnabledServices() {
        String file = "services: {a: {image: x}, b: {image: x, env_file: nope.env, profiles: [p]}}";

        assertThat(Loading.of(file).problems()).isEmpty();
        assertThat(Loading.of(file).profile("p").problems())
                .containsExactly(
                        "compose.yaml:1:51: services.b.env_file[0]: env file /project/nope.env not found: stat /project/nope.env: no such"
                                + " file or directory");
    }

    @Test
    void mistakeInAFileIsAnErrorAtItsLine(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("e"), "A=1\nB%=2\n");

        assertThat(problems("env_file: " + file))
                .containsExactly(file + ":2:2: failed to read " + file
                        + ": line 2: unexpected character \"%\" in variable name \"B%=2\"");
    }

    @Test
    void aFileThatDoesNotEndIsRefused() {
        assertThat(problems("env_file: /dev/zero"))
                .containsExactly(
                        "compose.yaml:4:15: services.a.env_file[0]: env file /dev/zero: it is larger than 16777216 bytes");
    }

    @Test
    void formatIsRawOrNothing() {
        assertThat(problems("""
                        env_file: [{path: /dev/null, format: json}]
                        """))
                .containsExactly(
                        "compose.yaml:4:34: services.a.env_file[0].format: unsupported env_file format \"json\"");
    }

    @Test
    void formIsChecked() {
        assertThat(problems("""
                        env_file: [{required: true}, {path: /dev/null, x: 1}]
                        """))
                .containsExactly(
                        "compose.yaml:4:16: services.a.env_file.0 must be a string",
                        "compose.yaml:4:52: services.a.env_file.1 additional properties 'x' not allowed");
    }
}

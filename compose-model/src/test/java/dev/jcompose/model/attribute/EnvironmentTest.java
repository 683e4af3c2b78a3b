package dev.jcompose.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @Test
    void valuesAreTextAsTheReferencePrintsThem() {
        assertThat(Loading.service("environment: {A: yes, B: true, C: 1.50, D: 0755, E: 1e3, F: ''}")
                        .environment())
                .hasToString("{A=yes, B=true, C=1.5, D=493, E=1000, F=}");
    }

    @Test
    void nameWithoutValueIsInheritedOrRemovesTheImagesVariable() {
        assertThat(Loading.of("services: {a: {image: x, environment: [SET, NOT, EMPTY=]}}")
                        .with("SET", "s")
                        .a()
                        .environment())
                .hasToString("{SET=s, NOT=null, EMPTY=}");
    }

    @Test
    void listItemsKeepTheirQuotes() {
        assertThat(Loading.service("environment: ['A=\"q\"']").environment()).containsEntry("A", "\"q\"");
    }

    @Test
    void blankBeforeTheEqualsIsAnError() {
        assertThat(Loading.of("services: {a: {image: x, environment: ['A =1']}}")
                        .problems())
                .containsExactly("compose.yaml:1:39: services.a.environment: environment variable A  is declared with a"
                        + " trailing space");
    }

    @Test
    void filesAreBelowTheAttributeAndLaterFilesAboveEarlierOnes(@TempDir Path directory) throws IOException {
        Path first = Files.writeString(directory.resolve("1.env"), "A=1\nB=1\nC=1\nD=${A}${Z}\n");
        Path second = Files.writeString(directory.resolve("2.env"), "B=2\n");
        Path raw = Files.writeString(directory.resolve("raw.env"), "R=\"$A\" # c\n");
        String file = """
                services:
                  a:
                    image: x
                    environment: {C: own, Z: z}
                    env_file:
                      - %s
                      - {path: %s, required: true}
                      - {path: %s, format: raw}
                      - {path: %s, required: false}
                """.formatted(first, second, raw, directory.resolve("missing.env"));

        var service = Loading.of(file).a();

        assertThat(service.environment()).hasToString("{A=1, B=2, C=own, D=1z, R=\"$A\" # c, Z=z}");
        assertThat(service.envFiles()).isEmpty();
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
    void labelFilesAreBelowLabels(@TempDir Path directory) throws IOException {
        Path labels = Files.writeString(directory.resolve("l"), "a=file\nb=file\n");

        assertThat(Loading.service("label_file: " + labels + "\nlabels: {a: own, c: }")
                        .labels())
                .hasToString("{a=own, b=file, c=}");
    }
}

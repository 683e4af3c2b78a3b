package dev.jcompose.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

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
    void listAndMappingMergeByName() {
        assertThat(Loading.of(
                                "services: {a: {image: x, environment: {A: 1, B: 2, C: , D: 4}}}",
                                "services: {a: {environment: [A=9, B, E=5, D=]}}")
                        .a()
                        .environment())
                .hasToString("{A=9, B=null, C=null, D=, E=5}");
    }

    @Test
    void tagsRemoveOneNameOrReplaceAll() {
        String base = "services: {a: {image: x, environment: {A: 1, B: 2}}}";

        assertThat(Loading.of(base, "services: {a: {environment: {B: !reset null, C: 3}}}")
                        .a()
                        .environment())
                .hasToString("{A=1, C=3}");
        assertThat(Loading.of(base, "services: {a: {environment: !override [C=3]}}")
                        .a()
                        .environment())
                .hasToString("{C=3}");
    }

    @Test
    void valuesAreScalars() {
        assertThat(Loading.problems("environment: {A: [1]}"))
                .containsExactly(
                        "compose.yaml:4:22: services.a.environment.A must be a boolean, null, number or string");
        assertThat(Loading.problems("environment: [1]"))
                .containsExactly("compose.yaml:4:19: services.a.environment.0 must be a string");
    }
}

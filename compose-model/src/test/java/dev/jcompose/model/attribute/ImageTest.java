package dev.jcompose.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class ImageTest {

    @Test
    void serviceNeedsAnImageABuildOrAProvider() {
        assertThat(Loading.of("""
                        services:
                          a: {}
                          b: {build: .}
                          c: {provider: {type: t}}
                        """).problems())
                .containsExactly(
                        "compose.yaml:2:3: services.a: service \"a\" has neither an image nor a build context specified: invalid compose project");
    }

    @Test
    void itsSyntaxIsNotCheckedHere() {
        assertThat(Loading.of("services: {a: {image: 'Not A:Name@'}}").a().image())
                .isEqualTo("Not A:Name@");
    }

    @Test
    void nullInAnOverrideChangesNothing() {
        assertThat(Loading.of("services: {a: {image: x}}", "services: {a: {image: }}")
                        .a()
                        .image())
                .isEqualTo("x");
    }
}

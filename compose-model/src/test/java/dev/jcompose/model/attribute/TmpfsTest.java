package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class TmpfsTest {

    @Test
    void textIsAListOfOne() {
        assertThat(canonical("""
                        tmpfs: /run:size=10m
                        """)).isEqualTo("""
                        tmpfs:
                          - /run:size=10m
                        """);
    }

    @Test
    void overrideOfTheSameTextIsOne() {
        assertThat(Loading.of("""
                        services: {a: {image: x, tmpfs: /a}}
                        """, """
                        services: {a: {tmpfs: [/a, /b]}}
                        """).printed()).isEqualTo("""
                        tmpfs:
                          - /a
                          - /b
                        """);
    }

    @Test
    void volumeAtTheSameTargetIsAnError() {
        assertThat(Loading.of("""
                        services: {a: {image: x, tmpfs: /d, volumes: [/d]}}
                        """).problems())
                .containsExactly(
                        "compose.yaml:1:47: services.a.volumes[0]: target /d already mounted as services.a.tmpfs[0]");
    }
}

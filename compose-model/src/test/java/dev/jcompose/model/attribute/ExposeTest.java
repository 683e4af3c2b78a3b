package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class ExposeTest {

    @Test
    void numbersAndTextAreTheSamePort() {
        assertThat(canonical("""
                        expose: [80, "81-82/udp", "80"]
                        """)).isEqualTo("""
                        expose:
                          - "80"
                          - 81-82/udp
                        """);
    }

    @Test
    void overrideAddsNewOnes() {
        assertThat(Loading.of("""
                        services: {a: {image: x, expose: [80]}}
                        """, """
                        services: {a: {expose: ["80", 90]}}
                        """).printed()).isEqualTo("""
                        expose:
                          - "80"
                          - "90"
                        """);
    }
}

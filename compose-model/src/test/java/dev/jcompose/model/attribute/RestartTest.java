package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartTest {

    @Test
    void unquotedNoIsText() {
        assertThat(canonical("""
                        restart: no
                        """)).isEqualTo("""
                        restart: "no"
                        """);
    }

    @Test
    void booleanIsAnError() {
        assertThat(problems("""
                        restart: false
                        """)).containsExactly("compose.yaml:4:14: services.a.restart must be a string");
    }
}

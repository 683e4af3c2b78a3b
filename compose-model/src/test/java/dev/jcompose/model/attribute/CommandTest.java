package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void textIsSplitIntoWordsWithoutAShell() {
        assertThat(canonical("""
                        command: sh -c 'echo "$$HOME"' a\\ b "*" # no comment
                        entrypoint: /run.sh --flag="x y"
                        """)).isEqualTo("""
                        command:
                          - sh
                          - -c
                          - echo "$$HOME"
                          - a b
                          - "*"
                        entrypoint:
                          - /run.sh
                          - --flag=x y
                        """);
    }

    @Test
    void ithasThreeStates() {
        assertThat(Loading.service("command:").command()).isNull();
        assertThat(Loading.service("command: []").command()).isEmpty();
        assertThat(Loading.service("command: ''").command()).isEmpty();
        assertThat(Loading.service("entrypoint: sh -c 'a b'").entrypoint()).containsExactly("sh", "-c", "a b");
    }

    @Test
    void nullInAnOverrideGoesBackToTheImages() {
        assertThat(Loading.of("""
                        services: {a: {image: x, command: [a], entrypoint: [b]}}
                        """, """
                        services: {a: {command: , entrypoint: null}}
                        """).printed()).isEqualTo("""

                        """);
    }

    @Test
    void overrideReplacesTheWholeList() {
        assertThat(Loading.of("""
                        services: {a: {image: x, command: [a, b]}}
                        """, """
                        services: {a: {command: c}}
                        """).printed()).isEqualTo("""
                        command:
                          - c
                        """);
    }

    @Test
    void openQuoteIsAnErrorAtTheCommand() {
        assertThat(problems("""
                        command: "echo 'a"
                        """)).containsExactly("compose.yaml:4:14: services.a.command: invalid command line string");
    }

    @Test
    void itemsMustBeText() {
        assertThat(problems("""
                        command: [a, 1]
                        """)).containsExactly("compose.yaml:4:18: services.a.command.1 must be a string");
    }

    @Test
    void whatNoShellRunsIsWarnedOf() {
        assertThat(Loading.of("services: {a: {image: x, command: echo a | tee f}}")
                        .result()
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:1:35: services.a.command: \"| tee f\" is left out: no shell runs this");
    }
}

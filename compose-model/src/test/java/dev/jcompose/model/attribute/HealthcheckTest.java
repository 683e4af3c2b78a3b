package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class HealthcheckTest {

    @Test
    void textRunsInAShell() {
        assertThat(canonical("""
                        healthcheck: {test: curl -f x, interval: 1m30s, timeout: 1.5s, start_period: 0s, start_interval: 500ms, retries: "5"}
                        """)).isEqualTo("""
                        healthcheck:
                          interval: 1m30s
                          retries: 5
                          start_interval: 500ms
                          start_period: 0s
                          test:
                            - CMD-SHELL
                            - curl -f x
                          timeout: 1.5s
                        """);
    }

    @Test
    void listIsKept() {
        assertThat(canonical("""
                        healthcheck: {test: [CMD, a, b c]}
                        """)).isEqualTo("""
                        healthcheck:
                          test:
                            - CMD
                            - a
                            - b c
                        """);
    }

    @Test
    void itCanBeDisabledOverABaseThatHasATest() {
        assertThat(Loading.of("""
                        services:
                          base: {image: x, healthcheck: {test: [CMD, x], interval: 1s}}
                          a: {extends: base, healthcheck: {disable: true}}
                        """).printed()).isEqualTo("""
                        healthcheck:
                          disable: true
                          interval: 1s
                          test:
                            - CMD
                            - x
                        """);
    }

    @Test
    void overrideReplacesTheTestAndKeepsTheRest() {
        assertThat(Loading.of("""
                        services: {a: {image: x, healthcheck: {test: [CMD, x], interval: 1s}}}
                        """, """
                        services: {a: {healthcheck: {test: other, retries: 2}}}
                        """).printed()).isEqualTo("""
                        healthcheck:
                          interval: 1s
                          retries: 2
                          test:
                            - CMD-SHELL
                            - other
                        """);
    }

    @Test
    void listMustSayWhoRunsIt() {
        assertThat(problems("""
                        healthcheck: {test: [curl]}
                        """))
                .containsExactly(
                        "compose.yaml:4:19: services.a.healthcheck.test: healthcheck.test must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"");
    }

    @Test
    void durationsHaveAUnitAndAreText() {
        assertThat(problems("""
                        healthcheck:
                          interval: "30"
                          timeout: 30
                          retries: -1
                        """))
                .containsExactly(
                        "compose.yaml:5:17: services.a.healthcheck.interval: time: missing unit in duration \"30\"",
                        "compose.yaml:6:16: services.a.healthcheck.timeout must be a string",
                        "compose.yaml:7:16: services.a.healthcheck.retries: -1 overflows uint");
    }

    @Test
    void fractionOfANumberIsCutOff() {
        assertThat(canonical("""
                        healthcheck: {retries: 2.0}
                        """)).isEqualTo("""
                        healthcheck:
                          retries: 2
                        """);
    }
}

package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class UlimitsTest {

    @Test
    void limitIsOneNumberOrBoth() {
        assertThat(canonical("""
                        ulimits: {nofile: 5, nproc: "6", core: {soft: -1, hard: "7"}}
                        """)).isEqualTo("""
                        ulimits:
                          core:
                            hard: 7
                            soft: -1
                          nofile: 5
                          nproc: 6
                        """);
    }

    @Test
    void overrideReplacesALimit() {
        assertThat(Loading.of("""
                        services: {a: {image: x, ulimits: {nofile: 5, nproc: {soft: 1, hard: 2}}}}
                        """, """
                        services: {a: {ulimits: {nproc: 9}}}
                        """).printed()).isEqualTo("""
                        ulimits:
                          nofile: 5
                          nproc: 9
                        """);
    }

    @Test
    void bothEndsMustBeThere() {
        assertThat(problems("""
                        ulimits: {nofile: {soft: 1}}
                        """))
                .containsExactly("compose.yaml:4:23: services.a.ulimits.nofile must be a integer or string");
    }
}

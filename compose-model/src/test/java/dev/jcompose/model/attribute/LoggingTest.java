package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class LoggingTest {

    @Test
    void optionsAreText() {
        assertThat(canonical("""
                        logging: {driver: d, options: {a: 1, b: "2", c: }}
                        """)).isEqualTo("""
                        logging:
                          driver: d
                          options:
                            a: "1"
                            b: "2"
                            c: ""
                        """);
    }

    @Test
    void optionsOfTheSameDriverMerge() {
        assertThat(Loading.of("""
                        services: {a: {image: x, logging: {driver: d, options: {a: 1}}}}
                        """, """
                        services: {a: {logging: {options: {b: 2}}}}
                        """).printed()).isEqualTo("""
                        logging:
                          driver: d
                          options:
                            a: "1"
                            b: "2"
                        """);
    }

    @Test
    void otherDriverReplaces() {
        assertThat(Loading.of("""
                        services: {a: {image: x, logging: {driver: d, options: {a: 1}}}}
                        """, """
                        services: {a: {logging: {driver: e, options: {b: 2}}}}
                        """).printed()).isEqualTo("""
                        logging:
                          driver: e
                          options:
                            b: "2"
                        """);
    }

    @Test
    void optionIsNotABoolean() {
        assertThat(problems("""
                        logging: {options: {a: true}}
                        """))
                .containsExactly("compose.yaml:4:28: services.a.logging.options.a must be a null, number or string");
    }
}

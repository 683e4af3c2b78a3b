package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class HooksTest {

    @Test
    void theyKeepTheirOrderAndTheImageIsInherited() {
        assertThat(canonical("""
                        post_start: [{command: a b}, {command: [c], user: root, privileged: "true", working_dir: /w, environment: [A=1, B]}]
                        pre_stop: [{command: z}]
                        pre_start: [{command: x}, {command: y, image: other}]
                        """)).isEqualTo("""
                        post_start:
                          - command:
                              - a
                              - b
                          - command:
                              - c
                            environment:
                              A: "1"
                              B: null
                            privileged: true
                            user: root
                            working_dir: /w
                        pre_start:
                          - command:
                              - x
                            image: x
                          - command:
                              - "y"
                            image: other
                        pre_stop:
                          - command:
                              - z
                        """);
    }

    @Test
    void overrideAppends() {
        assertThat(Loading.of("""
                        services: {a: {image: x, pre_stop: [{command: a}]}}
                        """, """
                        services: {a: {pre_stop: [{command: a}]}}
                        """).printed()).isEqualTo("""
                        pre_stop:
                          - command:
                              - a
                          - command:
                              - a
                        """);
    }

    @Test
    void commandMustBeThere() {
        assertThat(problems("""
                        post_start: [{user: root}]
                        """))
                .containsExactly("compose.yaml:4:18: services.a.post_start.0 missing property 'command'");
    }
}

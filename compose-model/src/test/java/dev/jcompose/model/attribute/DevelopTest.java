package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class DevelopTest {

    @Test
    void rulesHavePathsAndActions() {
        assertThat(canonical("""
                        develop:
                          watch:
                            - {path: ./src, action: sync, target: /t, ignore: [a, b], include: "*.c", initial_sync: "true"}
                            - {path: p, action: rebuild}
                            - {path: q, action: sync+exec, target: /q, exec: {command: a b, user: u}}
                        """)).isEqualTo("""
                        develop:
                          watch:
                            - action: sync
                              exec:
                                command: null
                              ignore:
                                - a
                                - b
                              include:
                                - "*.c"
                              initial_sync: true
                              path: /project/src
                              target: /t
                            - action: rebuild
                              exec:
                                command: null
                              path: /project/p
                            - action: sync+exec
                              exec:
                                command:
                                  - a
                                  - b
                                user: u
                              path: /project/q
                              target: /q
                        """);
    }

    @Test
    void overrideAppends() {
        assertThat(requireNonNull(Loading.of(
                                        "services: {a: {image: x, develop: {watch: [{path: a, action: rebuild}]}}}",
                                        "services: {a: {develop: {watch: [{path: a, action: restart}]}}}")
                                .a()
                                .develop())
                        .watch())
                .extracting(rule -> rule.action().name())
                .containsExactly("REBUILD", "RESTART");
    }

    @Test
    void syncNeedsATarget() {
        assertThat(problems("""
                        develop: {watch: [{path: a, action: sync}]}
                        """))
                .containsExactly(
                        "compose.yaml:4:23: services.a.develop.watch[0]: services.a.develop.watch: target is required for non-rebuild actions: invalid compose project");
    }

    @Test
    void pathAndActionMustBeThere() {
        assertThat(problems("""
                        develop: {watch: [{path: a}, {action: rebuild}, {path: "", action: rebuild}, {path: a, action: copy}]}
                        """))
                .containsExactly(
                        "compose.yaml:4:23: services.a.develop.watch.0 missing property 'action'",
                        "compose.yaml:4:34: services.a.develop.watch.1 missing property 'path'",
                        "compose.yaml:4:60: services.a.develop.watch[2].path: value can't be blank",
                        "compose.yaml:4:100: services.a.develop.watch.3.action value must be one of 'rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'");
    }
}

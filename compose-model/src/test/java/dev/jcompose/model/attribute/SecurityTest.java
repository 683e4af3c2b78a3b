package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class SecurityTest {

    @Test
    void capabilitiesAreUniqueAndOptionsAreLists() {
        assertThat(canonical("""
                        cap_add: [A, A, B]
                        cap_drop: [ALL]
                        security_opt: [no-new-privileges]
                        group_add: [1, audio, 2.5]
                        device_cgroup_rules: ["c 1:3 mr"]
                        privileged: "yes"
                        read_only: "true"
                        user: "1000:1000"
                        """)).isEqualTo("""
                        cap_add:
                          - A
                          - B
                        cap_drop:
                          - ALL
                        device_cgroup_rules:
                          - c 1:3 mr
                        group_add:
                          - "1"
                          - audio
                          - "2.5"
                        privileged: true
                        read_only: true
                        security_opt:
                          - no-new-privileges
                        user: 1000:1000
                        """);
    }

    @Test
    void optionsAreAppendedAndMayNotRepeat() {
        assertThat(Loading.of("""
                        services: {a: {image: x, security_opt: [o], cap_add: [A]}}
                        """, """
                        services: {a: {security_opt: [o], cap_add: [A]}}
                        """).problems())
                .containsExactly("override1.yaml:1:31: services.a.security_opt items at 0 and 1 are equal");
    }

    @Test
    void userIsTextAndFlagsAreBooleans() {
        assertThat(problems("""
                        user: 1000
                        privileged: maybe
                        read_only: 1
                        """))
                .containsExactly(
                        "compose.yaml:4:11: services.a.user must be a string",
                        "compose.yaml:5:17: services.a.privileged: error while interpolating services.a.privileged: failed to cast to expected type: invalid boolean: maybe",
                        "compose.yaml:6:16: services.a.read_only must be a boolean or string");
    }
}

package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class DevicesTest {

    @Test
    void formsAreTheSame() {
        assertThat(canonical("""
                        devices: [/dev/a, "/dev/a:/dev/b", "/dev/c:/dev/d:r", vendor.com/class=name, {source: /dev/e, target: /dev/f, permissions: rw}]
                        """)).isEqualTo("""
                        devices:
                          - permissions: rwm
                            source: /dev/a
                            target: /dev/a
                          - permissions: rwm
                            source: /dev/a
                            target: /dev/b
                          - permissions: r
                            source: /dev/c
                            target: /dev/d
                          - permissions: rwm
                            source: vendor.com/class=name
                            target: vendor.com/class=name
                          - permissions: rw
                            source: /dev/e
                            target: /dev/f
                        """);
    }

    @Test
    void overrideOfTheSameTargetTakesItsPlace() {
        assertThat(Loading.of("""
                        services: {a: {image: x, devices: ["/dev/a:/dev/t", /dev/c]}}
                        """, """
                        services: {a: {devices: [{source: /dev/b, target: /dev/t}]}}
                        """).printed()).isEqualTo("""
                        devices:
                          - source: /dev/b
                            target: /dev/t
                          - permissions: rwm
                            source: /dev/c
                            target: /dev/c
                        """);
    }

    @Test
    void moreThanThreePartsAreAnError() {
        assertThat(problems("""
                        devices: ["a:b:c:d"]
                        """))
                .containsExactly(
                        "compose.yaml:4:15: services.a.devices[0]: confusing device mapping, please use long syntax: a:b:c:d");
    }
}

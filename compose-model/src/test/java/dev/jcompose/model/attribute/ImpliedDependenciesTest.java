package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class ImpliedDependenciesTest {

    @Test
    void linksAndNamespacesImplyARestartAndVolumesDoNot() {
        assertThat(Loading.of("""
                        services:
                          a: {image: x, links: ["b:alias"], network_mode: "service:c", pid: "service:d", ipc: "service:e", volumes_from: ["f:ro", "container:g"]}
                          b: {image: x}
                          c: {image: x}
                          d: {image: x}
                          e: {image: x}
                          f: {image: x}
                        """).printed()).isEqualTo("""
                        depends_on:
                          b:
                            condition: service_started
                            required: true
                            restart: true
                          c:
                            condition: service_started
                            required: true
                            restart: true
                          d:
                            condition: service_started
                            required: true
                            restart: true
                          e:
                            condition: service_started
                            required: true
                            restart: true
                          f:
                            condition: service_started
                            required: true
                        ipc: service:e
                        links:
                          - b:alias
                        network_mode: service:c
                        pid: service:d
                        volumes_from:
                          - f:ro
                          - container:g
                        """);
    }

    @Test
    void whatIsWrittenWins() {
        assertThat(Loading.of("""
                        services: {a: {image: x, links: [b], depends_on: {b: {condition: service_healthy}}}, b: {image: x}}
                        """).printed()).isEqualTo("""
                        depends_on:
                          b:
                            condition: service_healthy
                            required: true
                        links:
                          - b
                        """);
    }

    @Test
    void undefinedServiceIsAnErrorAtTheAttribute() {
        assertThat(problems("""
                        pid: service:zz
                        """))
                .containsExactly(
                        "compose.yaml:4:10: services.a.depends_on.zz: service \"a\" depends on undefined service \"zz\": invalid compose project");
    }
}

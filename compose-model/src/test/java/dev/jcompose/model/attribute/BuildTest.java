package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class BuildTest {

    @Test
    void textIsTheContext() {
        assertThat(canonical("""
                        build: ./dir
                        """)).isEqualTo("""
                        build:
                          context: /project/dir
                          dockerfile: Dockerfile
                        """);
    }

    @Test
    void itHasAllItsAttributes() {
        assertThat(Loading.of("""
                        services:
                          a:
                            image: x
                            build:
                              context: .
                              dockerfile: D
                              args: [A=1, "E=", UNSET]
                              labels: {l: 1}
                              cache_from: [f]
                              cache_to: [t]
                              no_cache: "true"
                              no_cache_filter: stage
                              pull: true
                              network: host
                              target: t
                              shm_size: 64m
                              extra_hosts: ["h=1.2.3.4"]
                              privileged: true
                              secrets: [s]
                              tags: [one, one]
                              ulimits: {nofile: 10}
                              platforms: [linux/amd64]
                              ssh: [default, "k=./key"]
                              additional_contexts: ["c=./ctx", "u=https://h/x", "i=docker-image://q"]
                              entitlements: [network.host]
                              provenance: true
                              sbom: false
                              isolation: i
                              x-own: 1
                        secrets: {s: {file: f}}
                        """).printed()).isEqualTo("""
                        build:
                          additional_contexts:
                            c: /project/ctx
                            i: docker-image://q
                            u: https://h/x
                          args:
                            A: "1"
                            E: ""
                          cache_from:
                            - f
                          cache_to:
                            - t
                          context: /project
                          dockerfile: D
                          entitlements:
                            - network.host
                          extra_hosts:
                            - h=1.2.3.4
                          isolation: i
                          labels:
                            l: "1"
                          network: host
                          no_cache: true
                          no_cache_filter:
                            - stage
                          platforms:
                            - linux/amd64
                          privileged: true
                          provenance: "true"
                          pull: true
                          sbom: "false"
                          secrets:
                            - source: s
                          shm_size: "67108864"
                          ssh:
                            - default
                            - k=/project/key
                          tags:
                            - one
                          target: t
                          ulimits:
                            nofile: 10
                          x-own: 1
                        """);
    }

    @Test
    void textInAnOverrideChangesTheContextOnly() {
        assertThat(Loading.of("""
                        services: {a: {image: x, build: {context: a, target: t}}}
                        """, """
                        services: {a: {build: b}}
                        """).printed()).isEqualTo("""
                        build:
                          context: /project/b
                          dockerfile: Dockerfile
                          target: t
                        """);
    }

    @Test
    void listsAppendAndMappingsMerge() {
        assertThat(Loading.of("""
                        services: {a: {image: x, build: {context: ., args: {A: 1}, cache_from: [a], tags: [t], extra_hosts: [h=1.1.1.1]}}}
                        """, """
                        services: {a: {build: {args: [A=2, B=3], cache_from: [b], tags: [t, u], extra_hosts: {h: [1.1.1.1, 2.2.2.2]}}}}
                        """).printed()).isEqualTo("""
                        build:
                          args:
                            A: "2"
                            B: "3"
                          cache_from:
                            - a
                            - b
                          context: /project
                          dockerfile: Dockerfile
                          extra_hosts:
                            - h=1.1.1.1
                            - h=2.2.2.2
                          tags:
                            - t
                            - u
                        """);
    }

    @Test
    void argumentWithoutValueIsTheVariableOfTheProject() {
        assertThat(requireNonNull(Loading.of("services: {a: {build: {args: [V, W]}}}")
                                .with("V", "v")
                                .a()
                                .build())
                        .args())
                .hasToString("{V=v}");
    }

    @Test
    void remoteContextsStayAsTheyAre() {
        assertThat(problems("""
                        build: {context: "git@github.com:a/b.git#main", additional_contexts: {s: "service:b"}}
                        """))
                .containsExactly(
                        "compose.yaml:4:75: services.a.build.additional_contexts.s: service \"a\" declares unknown service \"b\" as additional contexts s: invalid compose project");
    }

    @Test
    void oneDockerfileOnly() {
        assertThat(problems("""
                        build: {dockerfile: D, dockerfile_inline: FROM x}
                        """))
                .containsExactly(
                        "compose.yaml:4:28: services.a.build.dockerfile_inline: service \"a\" declares mutualy exclusive dockerfile and dockerfile_inline: invalid compose project");
    }

    @Test
    void platformsIncludeTheServices() {
        assertThat(problems("""
                        platform: linux/arm64
                        build: {platforms: [linux/amd64]}
                        """))
                .containsExactly(
                        "compose.yaml:5:13: services.a.build.platforms: service.build.platforms MUST include service.platform \"linux/arm64\": invalid compose project");
    }

    @Test
    void secretMustBeDefined() {
        assertThat(problems("""
                        build: {secrets: [s]}
                        """))
                .containsExactly(
                        "compose.yaml:4:23: services.a.build.secrets[0]: service \"a\" refers to undefined build secret s: invalid compose project");
    }
}

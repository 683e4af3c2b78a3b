package dev.jcompose.model.hash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigHashTest {

    private static String hash(String attributes) {
        return ConfigHash.of(Loading.service(attributes));
    }

    @Test
    void isSha256InHex() {
        assertThat(hash("user: u")).matches("[0-9a-f]{64}").isEqualTo(hash("user: u"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"build: .", "pull_policy: always", "scale: 3", "profiles: []", "depends_on: []"})
    void doesNotDependOnWhatNeedsNoNewContainer(String attribute) {
        assertThat(hash(attribute)).isEqualTo(hash("expose: []"));
    }

    @Test
    void doesNotDependOnTheNumberOfReplicas() {
        assertThat(hash("deploy: {replicas: 3, mode: replicated}")).isEqualTo(hash("deploy: {mode: replicated}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user: u",
                "environment: {A: 1}",
                "ports: [80]",
                "command: []",
                "labels: {a: b}",
                "restart: always"
            })
    void dependsOnEverythingElse(String attribute) {
        assertThat(hash(attribute)).isNotEqualTo(hash("expose: []"));
    }

    @Test
    void doesNotDependOnTheOrderOfKeys() {
        assertThat(hash("environment: {A: 1, B: 2}\nuser: u")).isEqualTo(hash("user: u\nenvironment: {B: 2, A: 1}"));
    }

    @Test
    void networksAndVolumesHaveTheirOwn() {
        var project = Loading.of("""
                        services: {a: {image: x, networks: [m, n], volumes: ["data:/d", "more:/e"]}}
                        networks: {m: , n: {internal: true}}
                        volumes: {data: , more: {labels: {a: b}}}
                        """).project();

        assertThat(ConfigHash.of(requireNonNull(project.networks().get("m"))))
                .isNotEqualTo(ConfigHash.of(requireNonNull(project.networks().get("n"))));
        assertThat(ConfigHash.of(requireNonNull(project.volumes().get("data")))).matches("[0-9a-f]{64}");
    }
}

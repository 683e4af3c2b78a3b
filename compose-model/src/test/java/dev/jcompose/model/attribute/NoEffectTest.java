package dev.jcompose.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class NoEffectTest {

    @Test
    void keysWithoutEffectAreWarnedOf() {
        assertThat(Loading.of("services: {a: {image: x, isolation: process}}")
                        .result()
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString())
                        .startsWith(
                                "compose.yaml:1:26: services.a.isolation: `isolation` only has an effect on Windows"));
    }

    @Test
    void whatIsSoInAnyCaseIsNotWarnedOf() {
        assertThat(Loading.of("services: {a: {image: x, cgroup: private, use_api_socket: false}}")
                        .result()
                        .warnings())
                .isEmpty();
        assertThat(Loading.of("services: {a: {image: x, cgroup: host}}")
                        .result()
                        .warnings())
                .hasSize(1);
    }
}

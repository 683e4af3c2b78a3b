package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class ContainerNameTest {

    @Test
    void itIsForOneContainerOnly() {
        assertThat(problems("""
                        container_name: nn
                        scale: 2
                        """))
                .containsExactly(
                        "compose.yaml:4:5: services.a.container_name: services.scale: can't set container_name and a as container name must be unique: invalid compose project");
    }

    @Test
    void noTwoServicesHaveTheSame() {
        assertThat(Loading.of("""
                        services: {a: {image: x, container_name: nn}, b: {image: x, container_name: nn}}
                        """).problems())
                .containsExactly(
                        "compose.yaml:1:61: services.b.container_name: services.b: container name \"nn\" is already in use by service a: invalid compose project");
    }

    @Test
    void itHasAtLeastTwoCharacters() {
        assertThat(problems("""
                        container_name: n
                        """))
                .containsExactly(
                        "compose.yaml:4:21: services.a.container_name 'n' does not match pattern '[a-zA-Z0-9][a-zA-Z0-9_.-]+'");
    }
}

package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class ModelsTest {

    @Test
    void listAndMappingMerge() {
        assertThat(Loading.of("""
                        services: {a: {image: x, models: [m]}}
                        models: {m: {model: ai/m, context_size: "1024", runtime_flags: [a]}, n: {model: ai/n}}
                        """, """
                        services: {a: {models: {m: {endpoint_var: E}, n: {model_var: M}}}}
                        """).printed()).isEqualTo("""
                        models:
                          m:
                            endpoint_var: E
                          "n":
                            model_var: M
                        """);
    }

    @Test
    void theyMustBeDefined() {
        assertThat(problems("""
                        models: [m]
                        """))
                .containsExactly(
                        "compose.yaml:4:14: services.a.models.m: service \"a\" refers to undefined model m: invalid compose project");
    }

    @Test
    void modelMustSayWhich() {
        assertThat(Loading.of("""
                        services: {a: {image: x}}
                        models: {m: {}}
                        """).problems()).containsExactly("compose.yaml:2:13: models.m missing property 'model'");
    }
}

package dev.jcompose.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class ProviderTest {

    @Test
    void optionsAreLists() {
        assertThat(Loading.of("""
                        services: {a: {provider: {type: t, options: {a: 1, b: [x, 2], c: true, d: 1.5}}}}
                        """).printed()).isEqualTo("""
                        provider:
                          options:
                            a:
                              - "1"
                            b:
                              - x
                              - "2"
                            c:
                              - "true"
                            d:
                              - "1.5"
                          type: t
                        """);
    }

    @Test
    void typeMustBeThere() {
        assertThat(Loading.of("""
                        services: {a: {provider: {options: {a: 1}}}}
                        """).problems())
                .containsExactly("compose.yaml:1:26: services.a.provider missing property 'type'");
    }
}

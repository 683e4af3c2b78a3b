package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class DnsTest {

    @Test
    void textIsAListOfOneAndEmptyTextIsNothing() {
        assertThat(canonical("""
                        dns: ["", 1.1.1.1]
                        dns_search: example.org
                        dns_opt: [use-vc]
                        """)).isEqualTo("""
                        dns:
                          - 1.1.1.1
                        dns_opt:
                          - use-vc
                        dns_search:
                          - example.org
                        """);
    }

    @Test
    void overrideAddsNewOnes() {
        assertThat(Loading.of("""
                        services: {a: {image: x, dns: 1.1.1.1, dns_search: [a], dns_opt: [o]}}
                        """, """
                        services: {a: {dns: [1.1.1.1, 2.2.2.2], dns_search: b, dns_opt: [o, p]}}
                        """).printed()).isEqualTo("""
                        dns:
                          - 1.1.1.1
                          - 2.2.2.2
                        dns_opt:
                          - o
                          - p
                        dns_search:
                          - a
                          - b
                        """);
    }
}

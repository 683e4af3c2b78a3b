package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class ExtraHostsTest {

    @Test
    void formsAreTheSame() {
        assertThat(canonical("""
                        extra_hosts: ["a=1.1.1.1", "b:2.2.2.2", "c:::1", "d=[::1]", "a:3.3.3.3", "h=host-gateway", "m=4.4.4.4,5.5.5.5"]
                        """)).isEqualTo("""
                        extra_hosts:
                          - a=1.1.1.1
                          - a=3.3.3.3
                          - b=2.2.2.2
                          - c=::1
                          - d=::1
                          - h=host-gateway
                          - m=4.4.4.4
                          - m=5.5.5.5
                        """);
    }

    @Test
    void mappingHasOneAddressOrSeveral() {
        assertThat(canonical("""
                        extra_hosts: {b: [2.2.2.2, "[::1]"], a: 1.1.1.1}
                        """)).isEqualTo("""
                        extra_hosts:
                          - a=1.1.1.1
                          - b=2.2.2.2
                          - b=::1
                        """);
    }

    @Test
    void overrideAddsAddresses() {
        assertThat(Loading.of("""
                        services: {a: {image: x, extra_hosts: ["a=1.1.1.1", "b=2.2.2.2"]}}
                        """, """
                        services: {a: {extra_hosts: {a: 3.3.3.3, b: 2.2.2.2}}}
                        """).printed()).isEqualTo("""
                        extra_hosts:
                          - a=1.1.1.1
                          - a=3.3.3.3
                          - b=2.2.2.2
                        """);
    }

    @Test
    void hostWithoutAddressIsAnError() {
        assertThat(problems("""
                        extra_hosts: [justhost]
                        """))
                .containsExactly(
                        "compose.yaml:4:18: services.a.extra_hosts: invalid additional host, missing IP: justhost");
    }

    @Test
    void addressWithoutHostIsAnError() {
        assertThat(problems("""
                        extra_hosts: ["=1.1.1.1"]
                        """)).containsExactly("compose.yaml:4:18: services.a.extra_hosts: bad host name ''");
    }
}

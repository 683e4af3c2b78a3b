package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class NetworksTest {

    @Test
    void defaultNetworkExistsOnlyIfItIsUsed() {
        assertThat(Loading.of("services: {a: {image: x}}").project().networks().keySet())
                .containsExactly("default");
        assertThat(Loading.of("services: {a: {image: x, network_mode: none}}")
                        .project()
                        .networks())
                .isEmpty();
        assertThat(Loading.of("services: {a: {provider: {type: t}}}").project().networks())
                .isEmpty();
        assertThat(Loading.of("services: {a: {image: x, networks: []}}")
                        .a()
                        .networks()
                        .keySet())
                .containsExactly("default");
    }

    @Test
    void attachmentHasAllItsAttributes() {
        assertThat(Loading.of("""
                        services: {a: {image: x, networks: {front: {aliases: [q], ipv4_address: 10.0.0.2, ipv6_address: "fd::2", link_local_ips: [169.254.1.1], mac_address: "02:42:ac:11:00:01", driver_opts: {mtu: 9}, priority: 5, gw_priority: "7", interface_name: eth9}}}}
                        networks: {front: }
                        """).printed()).isEqualTo("""
                          front:
                            aliases:
                              - q
                            driver_opts:
                              mtu: "9"
                            gw_priority: 7
                            interface_name: eth9
                            ipv4_address: 10.0.0.2
                            ipv6_address: fd::2
                            link_local_ips:
                              - 169.254.1.1
                            mac_address: 02:42:ac:11:00:01
                            priority: 5
                        """);
    }

    @Test
    void listAndMappingMergeAndAliasesAreUnique() {
        assertThat(Loading.of("""
                        services: {a: {image: x, networks: [one, two]}}
                        networks: {one: , two: }
                        """, """
                        services: {a: {networks: {one: {aliases: [a, b]}}}}
                        """, """
                        services: {a: {networks: {one: {aliases: [b, c]}}}}
                        """).printed()).isEqualTo("""
                          one:
                            aliases:
                              - a
                              - b
                              - c
                          two: null
                        """);
    }

    @Test
    void theyMustBeDefined() {
        assertThat(problems("""
                        networks: [n]
                        """))
                .containsExactly(
                        "compose.yaml:4:16: services.a.networks.n: service \"a\" refers to undefined network n: invalid compose project");
    }

    @Test
    void networkModeExcludesThem() {
        assertThat(problems("""
                        network_mode: host
                        networks: [default]
                        """))
                .containsExactly(
                        "compose.yaml:4:5: services.a.network_mode: service a declares mutually exclusive `network_mode` and `networks`: invalid compose project");
    }

    @Test
    void nullIsAnError() {
        assertThat(problems("""
                        networks:
                        """)).containsExactly("compose.yaml:4:14: services.a.networks must be a array");
    }
}

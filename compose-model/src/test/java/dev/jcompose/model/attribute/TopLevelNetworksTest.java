package dev.jcompose.model.attribute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.ProjectWriter;
import org.junit.jupiter.api.Test;

class TopLevelNetworksTest {

    @Test
    void theyHaveNamesAndPools() {
        Project project = Loading.of("""
                        services: {a: {image: x, networks: [front, out]}}
                        networks:
                          front: {internal: "true", enable_ipv6: true, attachable: true, driver: bridge, driver_opts: {mtu: 9}, labels: [k=v],
                            ipam: {driver: default, options: {o: p}, config: [{subnet: 10.0.0.0/8, ip_range: 10.1.0.0/16, gateway: 10.0.0.1, aux_addresses: {h: 10.0.0.9}}]}}
                          out: {external: true, name: o}
                        """).project();

        assertThat(ProjectWriter.toYaml(project)).endsWith("""
                networks:
                  front:
                    attachable: true
                    driver: bridge
                    driver_opts:
                      mtu: "9"
                    enable_ipv6: true
                    internal: true
                    ipam:
                      config:
                        - aux_addresses:
                            h: 10.0.0.9
                          gateway: 10.0.0.1
                          ip_range: 10.1.0.0/16
                          subnet: 10.0.0.0/8
                      driver: default
                      options:
                        o: p
                    labels:
                      k: v
                    name: test_front
                  out:
                    external: true
                    ipam: {}
                    name: o
                """);
    }

    @Test
    void poolsOfTheSameSubnetAreMerged() {
        var network = requireNonNull(Loading.of(
                        "services: {a: {image: x}}\nnetworks: {default: {ipam: {config: [{subnet: 10.0.0.0/16, gateway: 10.0.0.1}]}, labels: {a: 1}}}",
                        "networks: {default: {ipam: {config: [{subnet: 10.0.0.0/16, ip_range: 10.0.5.0/24}, {subnet: 10.1.0.0/16}]}, labels: [a=2, b=3]}}")
                .project()
                .networks()
                .get("default"));

        assertThat(network.ipam().config())
                .extracting(pool -> pool.gateway() + " " + pool.ipRange())
                .containsExactly("10.0.0.1 10.0.5.0/24", "null null");
        assertThat(network.labels()).hasToString("{a=2, b=3}");
    }

    @Test
    void valuesOfDriverOptionsAreTextOrNumbers() {
        assertThat(Loading.of("""
                        services: {a: {image: x}}
                        networks: {n: {driver_opts: {a: true}}}
                        """).problems())
                .containsExactly("compose.yaml:2:33: networks.n.driver_opts.a must be a number or string");
    }

    @Test
    void nameIsGivenOnce() {
        assertThat(Loading.of("""
                        services: {a: {image: x}}
                        networks: {n: {name: a, external: {name: b}}}
                        """).problems())
                .containsExactly("compose.yaml:2:15: networks.n: name and external.name conflict; only use name");
    }
}

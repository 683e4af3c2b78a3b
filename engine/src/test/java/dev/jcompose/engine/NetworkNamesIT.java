package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import org.junit.jupiter.api.Test;

@RequiresRoot
class NetworkNamesIT extends EngineScenario {

    @Test
    void aliasesHoldInTheirOwnNetworkAndNetworksSeparateServices() throws Exception {
        up("""
                services:
                  front:
                    image: localhost/host
                    command: sleep 1000
                    networks: [outer]
                  middle:
                    image: localhost/host
                    command: sleep 1000
                    networks:
                      outer: {aliases: [gate]}
                      inner: {aliases: [desk]}
                  back:
                    image: localhost/host
                    command: sleep 1000
                    networks: [inner]
                networks: {outer: {}, inner: {internal: true}}
                """);
        var networks = engine().container("p-middle-1").networks();
        assertThat(networks).containsOnlyKeys("p_outer", "p_inner");
        assertThat(lookup("front", "gate")).startsWith("0: " + networks.get("p_outer") + " ");
        assertThat(lookup("front", "middle")).startsWith("0: " + networks.get("p_outer") + " ");
        assertThat(lookup("front", "desk")).startsWith("2: ");
        assertThat(lookup("front", "back")).startsWith("2: ");
        assertThat(lookup("back", "desk")).startsWith("0: " + networks.get("p_inner") + " ");
        assertThat(engine().exec("p-middle-1", "ls", "/sys/class/net")).isEqualTo("0: eth0\neth1\nlo\n");
    }

    @Test
    void anInternalNetworkHasNoWayOut() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: sleep 1000, networks: [inner]}
                networks: {inner: {internal: true}}
                """);
        assertThat(engine().exec("p-web-1", "cat", "/proc/net/route").lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("eth0")
                .doesNotContain("eth0\t00000000");
    }

    @Test
    void linksGiveOtherNamesAndImplyTheOrderOfStart() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    links: ["db:database"]
                  db: {image: localhost/host, command: sleep 1000}
                """);
        String address = engine().container("p-db-1").networks().get("p_default");
        assertThat(lookup("web", "database")).startsWith("0: " + address + " ");
        assertThat(lookup("db", "database")).startsWith("2: ");
        assertThat(engine().events().indexOf("CONTAINER p-db-1 Started"))
                .isLessThan(engine().events().indexOf("CONTAINER p-web-1 Started"));
    }

    @Test
    void extraHostsHostNameAndDomainAreKnownInTheContainer() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    hostname: shop
                    domainname: example.test
                    extra_hosts: ["printer:192.0.2.7", "outside:host-gateway"]
                  db: {image: localhost/host, command: sleep 1000}
                """);
        String address = engine().container("p-web-1").networks().get("p_default");
        assertThat(lookup("web", "printer")).startsWith("0: 192.0.2.7 ");
        assertThat(lookup("web", "outside")).matches("0: [0-9.]+\\.1 +outside\n");
        assertThat(engine().exec("p-web-1", "cat", "/proc/sys/kernel/hostname")).isEqualTo("0: shop\n");
        assertThat(engine().exec("p-web-1", "cat", "/etc/hostname")).isEqualTo("0: shop\n");
        assertThat(engine().exec("p-web-1", "cat", "/etc/hosts")).contains(address + "\tshop.example.test shop\n");
        assertThat(lookup("db", "shop")).startsWith("0: " + address + " ");
    }

    @Test
    void aFixedAddressIsHeldAndAnImpossibleOneIsRefused() throws Exception {
        String compose = """
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    networks: {fixed: {ipv4_address: %s}}
                networks: {fixed: {ipam: {config: [{subnet: 10.213.77.0/24}]}}}
                """;
        up(compose.formatted("10.213.77.99"));
        assertThat(engine().container("p-web-1").networks()).containsEntry("p_fixed", "10.213.77.99");
        assertThatThrownBy(() -> up(compose.formatted("10.213.99.1")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("10.213.99.1");
    }

    @Test
    void aReplicaThatIsGoneIsNotFoundAnyMore() throws Exception {
        String compose = """
                services:
                  web: {image: localhost/host, command: sleep 1000}
                  db: {image: localhost/host, command: sleep 1000, scale: %d}
                """;
        up(compose.formatted(2));
        assertThat(engine().exec("p-web-1", "getent", "ahostsv4", "db").lines().filter(line -> line.contains("STREAM")))
                .hasSize(2);
        up(compose.formatted(1));
        assertThat(engine().exec("p-web-1", "getent", "ahostsv4", "db").lines().filter(line -> line.contains("STREAM")))
                .hasSize(1);
    }

    private String lookup(String service, String name) {
        return engine().exec("p-" + service + "-1", "getent", "hosts", name);
    }
}

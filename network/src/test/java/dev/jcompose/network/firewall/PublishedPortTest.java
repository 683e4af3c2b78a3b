package dev.jcompose.network.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishedPortTest {

    @Test
    void conflictsOnTheSameAddressOrOnAll() {
        PublishedPort everywhere = port(Protocol.TCP, null, 8080);
        PublishedPort loopback = port(Protocol.TCP, "127.0.0.1", 8080);

        assertThat(everywhere.conflictsWith(loopback)).isTrue();
        assertThat(loopback.conflictsWith(everywhere)).isTrue();
        assertThat(loopback.conflictsWith(port(Protocol.TCP, "192.0.2.1", 8080)))
                .isFalse();
        assertThat(everywhere.conflictsWith(port(Protocol.UDP, null, 8080))).isFalse();
        assertThat(everywhere.conflictsWith(port(Protocol.TCP, null, 8081))).isFalse();
    }

    @Test
    void allAddressesMeansNone() {
        assertThat(port(Protocol.TCP, "0.0.0.0", 8080)).isEqualTo(port(Protocol.TCP, null, 8080));
    }

    @Test
    void theFamiliesOfTheHostAreTwoPlaces() {
        PublishedPort ipv4 = port(Protocol.TCP, null, 8080);
        PublishedPort ipv6 = port(Protocol.TCP, "::", 8080);

        assertThat(ipv4.conflictsWith(ipv6)).isFalse();
        assertThat(ipv6.conflictsWith(port(Protocol.TCP, "::1", 8080))).isTrue();
        assertThat(ipv6.crossesFamilies()).isTrue();
        assertThat(ipv4.crossesFamilies()).isFalse();
    }

    @Test
    void printsAsComposeDoes() {
        assertThat(port(Protocol.TCP, "127.0.0.1", 8080)).hasToString("127.0.0.1:8080->80/tcp");
        assertThat(port(Protocol.UDP, null, 53)).hasToString("53->80/udp");
        assertThat(port(Protocol.TCP, "::", 8080)).hasToString("[::]:8080->80/tcp");
    }

    @Test
    void rejectsWhatCannotBe() {
        assertThatThrownBy(() -> port(Protocol.TCP, null, 0)).hasMessage("host port 0 is not in 1..65535");
    }

    private static PublishedPort port(Protocol protocol, @Nullable String hostIp, int hostPort) {
        return new PublishedPort(
                "id",
                "web-1",
                protocol,
                hostIp == null ? null : IpAddress.parse(hostIp),
                hostPort,
                IpAddress.parse("10.1.2.3"),
                80);
    }
}

package dev.jcompose.network.dns;

import static dev.jcompose.network.dns.Addresses.ip;
import static dev.jcompose.network.dns.Addresses.ips;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class ExplanationIT {
    private final Linux linux = Linux.load();
    private final IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Many small routers know nothing of TCP; and who has much to say says so there. */
    @Test
    void asksAsAContainerDoesFirstOverUdpAndForTheRestOverTcp() throws Exception {
        FakeUpstream.Behaviour udpAlone = (query, tcp) ->
                tcp ? List.of() : FakeUpstream.address("192.0.2.80").answer(query, false);
        FakeUpstream.Behaviour tcpAlone = (query, tcp) -> tcp
                ? FakeUpstream.address("192.0.2.81").answer(query, true)
                : List.of(FakeUpstream.answer(query, 0x8380, List.of()));
        assertThat(explained(udpAlone).records()).containsExactly("example.com. 300 A 192.0.2.80");
        assertThat(explained(tcpAlone).records()).containsExactly("example.com. 300 A 192.0.2.81");
    }

    private DnsExplanation explained(FakeUpstream.Behaviour behaviour) throws Exception {
        try (FakeUpstream upstream = new FakeUpstream(behaviour);
                ContainerNamespace container = new ContainerNamespace(linux)) {
            DnsServer server = new DnsServer(group, linux, new HostResolvers(Path.of("/nonexistent")));
            DnsView view = DnsView.of(List.of("shop_default")).withServers(List.of(upstream.address()));
            try (DnsEndpoint endpoint = server.open(container.pid(), view)) {
                return endpoint.explain("example.com", "A");
            }
        }
    }

    @Test
    void saysWhatIsAnsweredAndWhy() throws Exception {
        try (FakeUpstream upstream = new FakeUpstream(FakeUpstream.address("192.0.2.80"));
                ContainerNamespace container = new ContainerNamespace(linux)) {
            DnsServer server = new DnsServer(group, linux, new HostResolvers(Path.of("/nonexistent")));
            server.zones(DnsZones.of(List.of(new DnsMember(
                    "shop_default",
                    "shop-web-1",
                    "a".repeat(64),
                    "shop",
                    "web",
                    List.of(),
                    ips("172.20.0.2"),
                    List.of(new DnsMember.Port("", "tcp", 80))))));
            DnsView view = DnsView.of(List.of("shop_default"))
                    .withLinks(Map.of("front", "web"))
                    .withExtraNames(Map.of("host.docker.internal", List.of(ip("172.20.0.1"))))
                    .withServers(List.of(upstream.address()));
            try (DnsEndpoint endpoint = server.open(container.pid(), view)) {
                assertThat(endpoint.explain("front", "A"))
                        .isEqualTo(new DnsExplanation(
                                "NOERROR",
                                List.of("front. 2 A 172.20.0.2"),
                                List.of(
                                        "links: \"front\" stands for \"web\"",
                                        "network \"shop_default\": \"web\" is shop-web-1 (172.20.0.2)")));
                assertThat(endpoint.explain("_80._tcp.web", "srv").records())
                        .containsExactly("_80._tcp.web. 2 SRV 0 0 80 shop-web-1.shop_default.");
                assertThat(endpoint.explain("web", "aaaa").reasons())
                        .last()
                        .asString()
                        .contains("no record of this type");
                assertThat(endpoint.explain("nobody", "A").code()).isEqualTo("NXDOMAIN");
                assertThat(endpoint.explain("nobody", "A").reasons())
                        .last()
                        .asString()
                        .contains("without a dot is not asked outside");
                assertThat(endpoint.explain("host.docker.internal.", "A").records())
                        .containsExactly("host.docker.internal. 2 A 172.20.0.1");
                DnsExplanation outside = endpoint.explain("example.com", "A");
                assertThat(outside.records()).containsExactly("example.com. 300 A 192.0.2.80");
                assertThat(outside.reasons())
                        .last()
                        .isEqualTo("asked outside, from this host: 127.0.0.1 (the service's dns)");
                assertThatThrownBy(() -> endpoint.explain("web", "nonsense"))
                        .hasMessageContaining("record type \"nonsense\" is none of");
                assertThatThrownBy(() -> endpoint.explain("a..b", "A")).hasMessageContaining("is not a domain name");
            }
        }
    }
}

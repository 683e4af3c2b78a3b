package dev.jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.Containers;
import dev.jcompose.model.Dns;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceBuilder;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.MacAddress;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.dns.DnsView;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DnsViewsTest {
    private static final Attachment FRONT = attachment("p_front", "10.1.0.2", "10.1.0.1");
    private static final Attachment BACK = attachment("p_back", "10.2.0.2", null);

    @Test
    void seesItsNetworksInTheirOrder() {
        assertThat(of(service(), FRONT, BACK).networks()).containsExactly("p_front", "p_back");
    }

    @Test
    void theHostHasNamesWhereThereIsAGateway() {
        assertThat(of(service(), FRONT).extraNames())
                .containsEntry(
                        "host.docker.internal",
                        List.of(IpAddress.parse("10.1.0.1").toInetAddress()));
        assertThat(of(service(), BACK).extraNames()).isEmpty();
    }

    @Test
    void aLinkWithAnAliasIsAName() {
        assertThat(of(service().links(List.of("db:database", "cache")), FRONT).links())
                .containsExactlyEntriesOf(Map.of("database", "db"));
        assertThat(of(service().externalLinks(List.of("other-db-1:database")), FRONT)
                        .links())
                .containsExactlyEntriesOf(Map.of("database", "other-db-1"));
    }

    @Test
    void onlyWithAWayOutIsAnythingAskedElsewhere() {
        assertThat(of(service(), FRONT, BACK).forwarding()).isTrue();
        assertThat(of(service(), BACK).forwarding()).isFalse();
    }

    @Test
    void serversOfTheServiceAreAskedAtTheUsualPort() {
        Dns dns = new Dns(List.of("192.0.2.53"), List.of(), List.of(), Map.of());
        assertThat(of(service().dns(dns), FRONT).servers())
                .containsExactly(
                        new InetSocketAddress(IpAddress.parse("192.0.2.53").toInetAddress(), 53));
    }

    @Test
    void aLoopbackAddressIsAServerInTheContainerAndOursIsNoServerOfItsOwn() {
        Dns dns = new Dns(List.of("127.0.0.1", "127.0.0.11", "::1"), List.of(), List.of(), Map.of());
        assertThat(of(service().dns(dns), FRONT).servers())
                .containsExactly(
                        new InetSocketAddress(IpAddress.parse("10.1.0.2").toInetAddress(), 53));
    }

    private static DnsView of(ServiceBuilder service, Attachment... attachments) {
        return DnsViews.of(
                Containers.created("aa", "p", service.build()), List.of(attachments), name -> name.equals("p_back"));
    }

    private static ServiceBuilder service() {
        return Service.builder("web").image("localhost/host");
    }

    private static Attachment attachment(String network, String address, @Nullable String gateway) {
        return new Attachment(
                "id-" + network,
                network,
                "aa",
                "p-web-1",
                "jcv0",
                "eth0",
                MacAddress.parse("02:42:0a:01:00:02"),
                List.of(new AssignedAddress(
                        IpAddress.parse(address), 16, gateway == null ? null : IpAddress.parse(gateway))));
    }
}

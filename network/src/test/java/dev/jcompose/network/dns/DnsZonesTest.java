package dev.jcompose.network.dns;

import static dev.jcompose.network.dns.Addresses.ip;
import static dev.jcompose.network.dns.Addresses.ips;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.network.dns.DnsAnswer.Forward;
import dev.jcompose.network.dns.DnsAnswer.NoData;
import dev.jcompose.network.dns.DnsAnswer.NoSuchName;
import dev.jcompose.network.dns.DnsAnswer.Pointer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsZonesTest {
    private static final String NET = "shop_default";

    private final DnsZones zones = DnsZones.of(List.of(
            member(NET, "web", 1, "172.20.0.2"),
            member(NET, "web", 2, "172.20.0.3"),
            member(NET, "web", 3, "172.20.0.4"),
            member(NET, "db", 1, "172.20.0.9", "fd00::9"),
            member("other_default", "secret", 1, "172.21.0.2"),
            member("other_default", "db", 1, "172.21.0.9")));
    private final DnsView view = DnsView.of(List.of(NET));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db",
                "DB",
                "database",
                "shop-db-1",
                "db1123456781",
                "db.shop",
                "db.shop_default",
                "shop-db-1.shop_default",
                "Database.Shop_Default"
            })
    void everyNameOfAContainerFindsItInAnyCase(String name) {
        assertThat(zones.lookup(view, name, RecordType.A)).isEqualTo(addresses("172.20.0.9"));
        assertThat(zones.lookup(view, name, RecordType.AAAA)).isEqualTo(addresses("fd00::9"));
    }

    @Test
    void aNamedPortOfAServiceIsFoundAtItsContainers() {
        DnsZones serving = DnsZones.of(List.of(serving(1, "172.20.0.2"), serving(2, "172.20.0.3")));

        DnsAnswer both = new DnsAnswer.Services(List.of("shop-web-1.shop_default", "shop-web-2.shop_default"), 8080);
        assertThat(serving.lookup(view, "_http._tcp.web", RecordType.SRV)).isEqualTo(both);
        assertThat(serving.lookup(view, "_8080._tcp.Web.shop_default", RecordType.SRV))
                .isEqualTo(both);
        assertThat(serving.lookup(view, "_http._udp.web", RecordType.SRV)).isInstanceOf(NoData.class);
        assertThat(serving.lookup(view, "_http._tcp.web", RecordType.A)).isInstanceOf(NoData.class);
        assertThat(serving.lookup(view, "_http._tcp.example.com", RecordType.SRV))
                .isInstanceOf(Forward.class);
    }

    private static DnsMember serving(int number, String address) {
        return new DnsMember(
                NET,
                "shop-web-" + number,
                number + "123456789abcdef",
                "shop",
                "web",
                List.of(),
                ips(address),
                List.of(new DnsMember.Port("http", "tcp", 8080)));
    }

    @Test
    void whoRestsIsFoundByTheNamesThatNobodyElseHas() {
        DnsMember one = member(NET, "web", 1, "172.20.0.2");
        DnsMember two = member(NET, "web", 2, "172.20.0.3");
        DnsZones half = DnsZones.of(List.of(one), List.of(two));

        assertThat(half.lookup(view, "web", RecordType.A)).isEqualTo(addresses("172.20.0.2"));
        assertThat(half.lookup(view, "shop-web-2", RecordType.A)).isEqualTo(addresses("172.20.0.3"));
        assertThat(DnsZones.of(List.of(), List.of(one, two)).lookup(view, "web", RecordType.A))
                .isEqualTo(addresses("172.20.0.2", "172.20.0.3"));
    }

    @Test
    void aKnownNameWithoutTheFamilyOrTypeHasNoData() {
        assertThat(zones.lookup(view, "web", RecordType.AAAA)).isEqualTo(new NoData());
        assertThat(zones.lookup(view, "web", 15)).isEqualTo(new NoData());
    }

    @Test
    void anUnknownNameWithoutDotDoesNotExistAndOneWithDotsIsForwarded() {
        assertThat(zones.lookup(view, "wbe", RecordType.A)).isEqualTo(new NoSuchName());
        assertThat(zones.lookup(view, "example.org", RecordType.A)).isEqualTo(new Forward());
        assertThat(zones.lookup(view, "org", RecordType.DS)).isEqualTo(new Forward());
        assertThat(zones.lookup(view, "", RecordType.NS)).isEqualTo(new Forward());
    }

    @Test
    void aViewMayAskForSingleLabelsToBeForwarded() {
        assertThat(zones.lookup(view.withForwarding(true, true), "wbe", RecordType.A))
                .isEqualTo(new Forward());
    }

    @Test
    void onInternalNetworksNothingIsForwarded() {
        DnsView internal = view.withForwarding(false, true);
        assertThat(zones.lookup(internal, "example.org", RecordType.A)).isEqualTo(new NoSuchName());
        assertThat(zones.lookup(internal, "db", RecordType.A)).isEqualTo(addresses("172.20.0.9"));
    }

    @Test
    void otherNetworksAreNotSeen() {
        assertThat(zones.lookup(view, "secret", RecordType.A)).isEqualTo(new NoSuchName());
        assertThat(zones.lookup(view, "2.0.21.172.in-addr.arpa", RecordType.PTR))
                .isEqualTo(new Forward());
        assertThat(zones.lookup(view, "secret.other_default", RecordType.A)).isEqualTo(new Forward());
    }

    @Test
    void theFirstNetworkThatKnowsTheFamilyAnswers() {
        DnsView both = DnsView.of(List.of("other_default", NET));
        assertThat(zones.lookup(both, "db", RecordType.A)).isEqualTo(addresses("172.21.0.9"));
        assertThat(zones.lookup(both, "db", RecordType.AAAA)).isEqualTo(addresses("fd00::9"));
        assertThat(zones.lookup(both, "db.shop_default", RecordType.A)).isEqualTo(addresses("172.20.0.9"));
    }

    @Test
    void linksAndExtraNamesAreTheContainersOwn() {
        DnsView own = view.withLinks(Map.of("Postgres", "db"))
                .withExtraNames(Map.of("host.docker.internal", ips("172.20.0.1")));
        assertThat(zones.lookup(own, "postgres", RecordType.A)).isEqualTo(addresses("172.20.0.9"));
        assertThat(zones.lookup(own, "host.docker.internal", RecordType.A)).isEqualTo(addresses("172.20.0.1"));
        assertThat(zones.lookup(own, "host.docker.internal", RecordType.AAAA)).isEqualTo(new NoData());
        assertThat(zones.lookup(view, "postgres", RecordType.A)).isEqualTo(new NoSuchName());
    }

    @Test
    void anAddressHasTheNameOfItsContainerOnTheNetwork() {
        assertThat(zones.lookup(view, "9.0.20.172.in-addr.arpa", RecordType.PTR))
                .isEqualTo(new Pointer("shop-db-1.shop_default"));
        String nibbles = "9." + "0.".repeat(27) + "0.0.d.f.ip6.arpa";
        assertThat(zones.lookup(view, nibbles, RecordType.PTR)).isEqualTo(new Pointer("shop-db-1.shop_default"));
        assertThat(zones.lookup(view, nibbles, RecordType.A)).isEqualTo(new NoData());
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.0.20.in-addr.arpa", "x.0.20.172.in-addr.arpa", "256.0.20.172.in-addr.arpa", "ip6.arpa"})
    void whatIsNoReverseNameIsForwarded(String name) {
        assertThat(zones.lookup(view, name, RecordType.PTR)).isEqualTo(new Forward());
    }

    @Test
    void aContainerOfWhichTheNameIsTooLongForAMessageHasNone() {
        DnsZones table = DnsZones.of(List.of(
                new DnsMember(NET, "x".repeat(64), "0123456789abcdef", null, null, List.of(), ips("172.20.0.2"))));
        assertThat(table.lookup(view, "2.0.20.172.in-addr.arpa", RecordType.PTR))
                .isEqualTo(new Forward());
    }

    @Test
    void localhostIsTheContainerItself() {
        assertThat(zones.lookup(view, "localhost", RecordType.A)).isEqualTo(addresses("127.0.0.1"));
        assertThat(zones.lookup(view, "x.localhost", RecordType.AAAA)).isEqualTo(addresses("::1"));
    }

    private static DnsMember member(String network, String service, int number, String... addresses) {
        return new DnsMember(
                network,
                "shop-" + service + "-" + number,
                service + number + "12345678".repeat(8),
                "shop",
                service,
                service.equals("db") ? List.of("database") : List.of(),
                ips(addresses));
    }

    private static DnsAnswer addresses(String... literals) {
        assertThat(ip(literals[0])).isNotNull();
        return new DnsAnswer.Addresses(ips(literals));
    }
}

package dev.jcompose.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresRoot(namespaces = true)
class RtNetlinkIT {
    private static final byte[] GATEWAY = {10, 1, 2, 1};

    private final Linux linux = Linux.load();

    @Test
    void makesABridgeWithAnAddressInOneBatch() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux)) {
            netlink.run(RtRequests.addBridge(
                    new LinkSettings().name("jc0").mtu(1400).address(new byte[] {2, 0, 0, 0, 0, 1})));
            LinkInfo bridge = netlink.link("jc0").orElseThrow();
            netlink.run(
                    RtRequests.setLink("jc0", new LinkSettings().alias("web_default")),
                    RtRequests.addAddress(bridge.index(), GATEWAY, 24),
                    RtRequests.setLink(
                            bridge.index(),
                            new LinkSettings().withoutLinkLocal().up()));

            assertThat(netlink.link("jc0").orElseThrow())
                    .isEqualTo(new LinkInfo(
                            bridge.index(), "jc0", true, 1400, 0, 0, "bridge", "web_default", "02:00:00:00:00:01"));
            assertThat(netlink.addresses())
                    .contains(new AddressInfo(bridge.index(), InetAddress.getByAddress(GATEWAY), 24));
            assertThat(netlink.routes()).anySatisfy(route -> {
                assertThat(route.destination().getHostAddress()).isEqualTo("10.1.2.0");
                assertThat(route.prefixLength()).isEqualTo(24);
                assertThat(route.linkIndex()).isEqualTo(bridge.index());
            });
        }
    }

    @Test
    void aVethIsGoneWithItsPeer() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux)) {
            netlink.run(RtRequests.addVeth(
                    new LinkSettings().name("a").singleQueue(),
                    new LinkSettings().name("b").singleQueue()));

            assertThat(netlink.links()).extracting(LinkInfo::name).contains("a", "b");
            assertThat(netlink.deleteLink("b")).isTrue();
            assertThat(netlink.deleteLink("b")).isFalse();
            assertThat(netlink.link("a")).isEmpty();
        }
    }

    @Test
    void anErrorNamesTheCommandAndCarriesTheKernelsOwnWords() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux)) {
            NetlinkRequest route = RtRequests.addRoute(new byte[] {10, 9, 0, 0}, 16, GATEWAY, 1);

            assertThatThrownBy(() -> netlink.run(route))
                    .isInstanceOfSatisfying(
                            ErrnoException.class,
                            e -> assertThat(e.is(Errno.ENETUNREACH) || e.is(Errno.ENETDOWN))
                                    .isTrue())
                    .hasMessageStartingWith("ip route add 10.9.0.0/16 via 10.1.2.1 dev 1: ")
                    .hasMessageMatching(".*\\): [A-Z].*");
        }
    }

    @Test
    void theFirstErrorOfABatchIsReportedAndTheRestIsDone() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux)) {
            netlink.run(RtRequests.addBridge(new LinkSettings().name("taken")));

            assertThatThrownBy(() -> netlink.run(
                            RtRequests.addBridge(new LinkSettings().name("taken")),
                            RtRequests.addBridge(new LinkSettings().name("free"))))
                    .hasMessageContaining("ip link add taken type bridge: File exists (EEXIST 17)");
            assertThat(netlink.link("free")).isPresent();
        }
    }

    @Test
    void listsMoreLinksThanFitOneMessage() throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux)) {
            List<NetlinkRequest> requests = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                requests.add(RtRequests.addBridge(new LinkSettings().name("br" + i)));
            }
            netlink.run(requests);

            assertThat(netlink.links()).hasSizeGreaterThan(100);
        }
    }
}

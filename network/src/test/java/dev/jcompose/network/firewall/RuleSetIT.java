package dev.jcompose.network.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.testing.NftList;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table as nft(8) reads it back: somebody who looks at it should understand it. */
@RequiresRoot(namespaces = true)
class RuleSetIT {

    @Test
    void nftReadsTheTableAsItIsMeant() throws IOException {
        try (Firewall firewall = Firewall.open(Linux.load(), "jcompose")) {
            firewall.apply(new FirewallState(
                    Set.of(
                            new FilteredBridge("jc-open", false, true, false),
                            new FilteredBridge("jc-closed", true, false, false)),
                    Set.of(port(null, 8080, "10.1.2.3", 80), port("127.0.0.1", 5432, "10.1.2.4", 5432))));

            assertThat(NftList.ruleset().replaceAll("\\s+", " "))
                    .contains(
                            "map published { type inet_proto . inet_service : ipv4_addr . inet_service elements = {"
                                    + " tcp . 8080 : 10.1.2.3 . 80 } }",
                            "type inet_proto . ipv4_addr . inet_service : ipv4_addr . inet_service elements = {"
                                    + " tcp . 127.0.0.1 . 5432 : 10.1.2.4 . 5432 } }",
                            "\"jc-open\" : goto into_network",
                            "\"jc-closed\" : drop",
                            "set masqueraded { type ifname elements = { \"jc-open\" } }",
                            "type filter hook forward priority filter; policy accept; ct state established,related accept"
                                    + " comment \"connections that were let through\" iifname . oifname @same_bridge accept",
                            "oifname vmap @into",
                            "type nat hook prerouting priority dstnat; policy accept; fib daddr type local jump"
                                    + " to_containers",
                            "dnat ip to meta l4proto . ip daddr . th dport map @published_at",
                            "dnat ip to meta l4proto . th dport map @published",
                            "ip daddr 127.0.0.0/8 iifname != \"lo\" counter packets 0 bytes 0 drop",
                            "iifname @masqueraded masquerade");
        }
    }

    @Test
    void aThousandPortsAreOneBatchAndOneMoreIsAnElement() throws IOException {
        try (Firewall firewall = Firewall.open(Linux.load(), "jcompose")) {
            Set<PublishedPort> many = IntStream.rangeClosed(1, 1000)
                    .mapToObj(number -> port(null, number, "10.1.2.3", 80))
                    .collect(Collectors.toSet());
            firewall.apply(new FirewallState(Set.of(new FilteredBridge("jc-open", false, true, false)), many));

            firewall.publish(Set.of(port(null, 2000, "10.1.2.3", 80)));
            firewall.unpublish(many);

            assertThat(NftList.ruleset()).contains("tcp . 2000 : 10.1.2.3 . 80").doesNotContain("tcp . 1000");
        }
    }

    private static PublishedPort port(@Nullable String hostIp, int hostPort, String containerIp, int containerPort) {
        return new PublishedPort(
                "c",
                "c",
                Protocol.TCP,
                hostIp == null ? null : IpAddress.parse(hostIp),
                hostPort,
                IpAddress.parse(containerIp),
                containerPort);
    }
}

package dev.jcompose.network.publish;

import static dev.jcompose.network.testing.World.HOST;
import static dev.jcompose.network.testing.World.HOST6;
import static dev.jcompose.network.testing.World.REMOTE;
import static dev.jcompose.network.testing.World.REMOTE6;
import static dev.jcompose.network.testing.World.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.firewall.ForeignRules;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.network.testing.Commands;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.World;
import dev.jcompose.network.testing.World.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Beside the rules that Docker, ufw, firewalld and others make: ports answer where they can, the user is told which
 * chain drops what, and the command that he is given mends it.
 */
@RequiresRoot(namespaces = true)
class ForeignFirewallsIT {
    private static final Path BRIDGED = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");

    @Test
    void besideDockerThePortAnswersAndTheCommandThatIsToldMendsTheRest() throws Exception {
        try (World world = world("docker.rules")) {
            String theirs = Commands.shell("nft -s list table ip filter");
            Published web = publish(world);
            assertThat(Commands.shell("nft -s list table ip filter"))
                    .as("their rules are not touched")
                    .isEqualTo(theirs);
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080)))
                    .as("by the proxy")
                    .isEqualTo(web.gateway());
            assertThat(Echo.tcp("127.0.0.1", 8080)).isEqualTo(web.gateway());
            assertThat(outward(web)).isFalse();
            String warning = warning(world, web);
            assertThat(warning)
                    .contains(
                            "containers do not reach other hosts: firewall chain \"ip filter FORWARD\" (Docker's)",
                            "published ports are served by a proxy",
                            "iptables -I DOCKER-USER -i jc-+ -j ACCEPT && iptables -I DOCKER-USER -o jc-+ -j ACCEPT")
                    .doesNotContain("reach the proxy only where");

            Commands.shell(remedy(warning));
            again(world, web);
        }
    }

    @Test
    void rulesOfIptablesLegacyAreSeenToo() throws Exception {
        Commands.require("iptables-legacy", "iptables-legacy-restore");
        assumeTrue(
                new ProcessBuilder("iptables-legacy", "-S")
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0,
                "this kernel has no iptables-legacy");
        try (World world = world("strict.nft")) {
            Commands.shell("nft delete table inet filter");
            Commands.feed(ForeignFirewallsIT.class, "docker.rules", "iptables-legacy-restore");
            Published web = publish(world);
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080)))
                    .as("by the proxy")
                    .isEqualTo(web.gateway());
            assertThat(outward(web)).isFalse();
            String warning = warning(world, web);
            assertThat(warning)
                    .contains("firewall chain \"ip filter FORWARD\" of iptables-legacy (Docker's) drops")
                    .contains("iptables-legacy -I DOCKER-USER -i jc-+ -j ACCEPT");
            Commands.shell(remedy(warning));
            again(world, web);
        }
    }

    @Test
    void besideUfwThePortAnswersThisHostAndTheRestIsSaid() throws Exception {
        try (World world = world("ufw.rules")) {
            Published web = publish(world);
            assertThat(Echo.tcp("127.0.0.1", 8080)).isEqualTo(web.gateway());
            assertThat(world.remote().call(() -> Echo.unreachable(HOST, 8080))).isTrue();
            assertThat(outward(web)).isFalse();
            assertThat(warning(world, web))
                    .contains(
                            "\"ip filter FORWARD\" (ufw's) drops what this host forwards",
                            "other hosts reach the proxy only where firewall chain \"ip filter INPUT\" (ufw's) has a rule",
                            "ufw route allow in on jc-+ && ufw route allow out on jc-+");

            Commands.shell("iptables -A ufw-user-input -p tcp -m tcp --dport 8080 -j ACCEPT");
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isEqualTo(web.gateway());
            // What ufw makes of the commands.
            Commands.shell("iptables -A ufw-user-forward -i jc-+ -j ACCEPT"
                    + " && iptables -A ufw-user-forward -o jc-+ -j ACCEPT");
            again(world, web);
        }
    }

    @Test
    void besideFirewalldPublishedPortsNeedNoProxyAndTheWayOutNeedsAZone() throws Exception {
        try (World world = world("firewalld.nft")) {
            Published web = publish(world);
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080)))
                    .as("by a rule: the client keeps its address")
                    .isEqualTo(REMOTE);
            assertThat(outward(web)).isFalse();
            assertThat(warning(world, web))
                    .contains(
                            "\"inet firewalld filter_FWD_public\" (firewalld's) drops what this host forwards",
                            "firewall-cmd --permanent --zone=trusted --add-interface=jc-+ && firewall-cmd --reload")
                    .doesNotContain("proxy");

            // What firewalld makes of the command.
            Commands.shell("nft insert rule inet firewalld filter_FORWARD_ZONES iifname '\"jc-*\"' goto"
                    + " filter_FWD_trusted");
            again(world, web);
        }
    }

    @Test
    void whereFirewalldLetsPacketsPassWithinAZoneNothingIsSaid() throws Exception {
        try (World world = world("firewalld.nft")) {
            Commands.shell("nft add rule inet firewalld filter_FWD_public_allow oifname uplink accept");
            Published web = publish(world);
            assertThat(outward(web)).isTrue();
            assertThat(world.networks().warnings(List.of(web.network().spec()))).isEmpty();
        }
    }

    @Test
    void aChainThatRejectsAtItsEndIsSeenAsOneThatDrops() throws Exception {
        try (World world = world("reject.rules")) {
            Published web = publish(world);
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isEqualTo(web.gateway());
            String warning = warning(world, web);
            assertThat(warning)
                    .contains("\"ip filter FORWARD\" drops")
                    .contains("iptables -I FORWARD -i jc-+ -j ACCEPT && iptables -I FORWARD -o jc-+ -j ACCEPT");
            Commands.shell(remedy(warning));
            again(world, web);
        }
    }

    @Test
    void aHandWrittenTableIsMendedByNftInBothFamilies() throws Exception {
        try (World world = world("strict.nft")) {
            ContainerNetwork network = world.dualNetwork("n1", false);
            Container a = world.container(network, "a");
            PublishedPort port = a.publish6(Protocol.TCP, "::", 8080);
            world.reserve(port);
            world.networks().publish(List.of(port));
            assertThat(world.remote().call(() -> Echo.tcp(HOST6, 8080)))
                    .as("by the proxy")
                    .isNotEqualTo(REMOTE6);
            String warning = world.networks().warnings(List.of(network.spec())).get(0);
            assertThat(warning).contains("\"inet filter forward\" drops");
            Commands.shell(remedy(warning));
            assertThat(world.networks().warnings(List.of(network.spec()))).isEmpty();
            world.takeBack(port);
            world.reserve(port);
            world.networks().publish(List.of(port));
            assertThat(plain(world.remote().call(() -> Echo.tcp(HOST6, 8080)))).isEqualTo(plain(REMOTE6));
        }
    }

    @Test
    void aRuleForOneWayOutIsNotTakenForTheWayIn() throws Exception {
        try (World world = world("ufw.rules")) {
            Commands.shell("iptables -A ufw-user-forward -i jc-+ -j ACCEPT");
            Published web = publish(world);
            assertThat(outward(web))
                    .as("answers pass, as their connection was let through")
                    .isTrue();
            assertThat(warning(world, web)).startsWith("published ports are served by a proxy");
        }
    }

    @Test
    void aRuleForOneWayIsNotEnoughWhereAnswersAreDropped() throws Exception {
        try (World world = world("docker.rules")) {
            Commands.shell("iptables -I DOCKER-USER -i jc-+ -j ACCEPT");
            Published web = publish(world);
            assertThat(outward(web))
                    .as("answers are let through to Docker's containers only")
                    .isFalse();
            assertThat(warning(world, web)).startsWith("containers do not reach other hosts");
        }
    }

    @Test
    void withBridgedPacketsInTheRulesContainersReachEachOtherOnlyAfterTheCommand() throws Exception {
        try (World world = world("docker.rules")) {
            assumeTrue(Files.exists(BRIDGED), "this kernel has no br_netfilter");
            Files.writeString(BRIDGED, "1");
            Published web = publish(world);
            Container b = world.container(web.network(), "b");
            assertThat(b.machine().call(() -> Echo.unreachable(web.container().address(), SERVER_PORT)))
                    .isTrue();
            String warning = warning(world, web);
            assertThat(warning)
                    .contains(
                            "containers do not reach each other: firewall chain \"ip filter FORWARD\" (Docker's) drops"
                                    + " what bridges carry, as net.bridge.bridge-nf-call-iptables is on");
            Commands.shell(remedy(warning));
            assertThat(b.machine().call(() -> Echo.tcp(web.container().address(), SERVER_PORT)))
                    .isEqualTo(b.address());
            again(world, web);
        }
    }

    @Test
    void setsOfInterfacesProtocolsAndStatesAreRead() throws Exception {
        try (World world = world("strict.nft")) {
            Published web = publish(world);
            assertThat(warning(world, web)).contains("\"inet filter forward\" drops");

            Commands.shell(
                    "nft add rule inet filter forward meta l4proto { tcp, udp } iifname { '\"wg*\"', '\"jc-*\"' }"
                            + " accept");
            assertThat(outward(web)).isTrue();
            assertThat(warning(world, web)).startsWith("published ports are served by a proxy");

            Commands.shell("nft add set inet filter trusted '{ type ifname . ifname; }'"
                    + " && nft add rule inet filter forward iifname . oifname @trusted accept");
            assertThat(warning(world, web)).startsWith("published ports are served by a proxy");
            String bridge = web.network().link();
            Commands.shell("nft add element inet filter trusted '{ \"uplink\" . \"" + bridge + "\" }'");
            again(world, web);

            Commands.shell("nft insert rule inet filter forward oifname != '{ lo, uplink }' drop");
            assertThat(outward(web)).as("answers are dropped").isFalse();
            assertThat(warning(world, web)).startsWith("containers do not reach other hosts");
        }
    }

    @Test
    void verdictMapsLeadWhereTheySay() throws Exception {
        try (World world = world("strict.nft")) {
            Commands.shell(
                    "nft add chain inet filter ours && nft add rule inet filter ours accept"
                            + " && nft add rule inet filter forward iifname vmap '{ \"jc-*\" : jump ours, \"uplink\" : jump ours }'");
            Published web = publish(world);
            assertThat(outward(web)).isTrue();
            assertThat(world.networks().warnings(List.of(web.network().spec()))).isEmpty();
        }
    }

    @Test
    void aSetOfAddressesIsNotJudgedUnlessItIsEmpty() throws Exception {
        try (World world = world("strict.nft")) {
            Commands.shell("nft flush chain inet filter forward"
                    + " && nft chain inet filter forward '{ policy accept; }'"
                    + " && nft add rule inet filter forward ip saddr { 198.51.100.0/24, 192.0.2.7 } drop");
            Published web = publish(world);
            assertThat(world.networks().warnings(List.of(web.network().spec()))).isEmpty();
            assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isEqualTo(REMOTE);
        }
    }

    @Test
    void rulesByRateAreSaidToBeBeyondJudgement() throws Exception {
        try (World world = world("strict.nft")) {
            Commands.shell("nft flush chain inet filter forward"
                    + " && nft chain inet filter forward '{ policy accept; }'"
                    + " && nft add rule inet filter forward limit rate over 100/second drop"
                    + " && nft add rule inet filter forward limit rate 1/second log");
            Published web = publish(world);
            assertThat(world.networks().warnings(List.of(web.network().spec()))).isEmpty();
            ForeignRules rules = new ForeignRules(Linux.load(), world.networks().firewall(), () -> "uplink");
            assertThat(rules.of(web.network().link(), Family.IP).unjudged())
                    .containsExactly("inet filter forward: limit");
        }
    }

    @Test
    void aTableThatDropsWhatIsForTheHostIsMendedByTheCommandThatIsTold() throws Exception {
        try (World world = world("strict.nft")) {
            Commands.shell("nft flush chain inet filter forward"
                    + " && nft chain inet filter forward '{ policy accept; }'"
                    + " && nft chain inet filter input '{ policy drop; }'"
                    + " && nft add rule inet filter input ct state established,related accept");
            assertTheCommandLeadsToTheHost(
                    world,
                    "\"inet filter input\" drops what is for it",
                    "nft insert rule inet filter input iifname '\"jc-*\"' accept");
        }
    }

    @Test
    void besideDockerThePolicyOfTheHostItselfIsMended() throws Exception {
        try (World world = world("docker.rules")) {
            Commands.shell("iptables -P INPUT DROP");
            assertTheCommandLeadsToTheHost(
                    world, "\"ip filter INPUT\" (Docker's)", "iptables -I INPUT -i jc-+ -j ACCEPT");
        }
    }

    @Test
    void besideUfwTheCommandForTheHostIsUfws() throws Exception {
        try (World world = world("ufw.rules")) {
            assertThat(remedy(hostWarnings(world, publish(world)).get(0))).isEqualTo("ufw allow in on jc-+");
        }
    }

    @Test
    void besideFirewalldTheCommandForTheHostIsFirewalldsAndThatForTheRest() throws Exception {
        try (World world = world("firewalld.nft")) {
            Published web = publish(world);
            assertThat(remedy(hostWarnings(world, web).get(0)))
                    .isEqualTo("firewall-cmd --permanent --zone=trusted --add-interface=jc-+ && firewall-cmd --reload")
                    .isEqualTo(remedy(warning(world, web)));
        }
    }

    private static void assertTheCommandLeadsToTheHost(World world, String problem, String remedy) throws Exception {
        Published web = publish(world);
        int port = 8081;
        world.serveOnHost(port);
        assertThat(web.container().machine().call(() -> Echo.unreachable(web.gateway(), port)))
                .isTrue();
        String warning = hostWarnings(world, web).get(0);
        assertThat(warning).contains(problem);
        assertThat(remedy(warning)).isEqualTo(remedy);
        Commands.shell(remedy);
        assertThat(hostWarnings(world, web)).isEmpty();
        assertThat(plain(web.container().machine().call(() -> Echo.tcp(web.gateway(), port))))
                .isEqualTo(web.container().address());
    }

    private static List<String> hostWarnings(World world, Published web) throws IOException {
        return world.networks().hostWarnings(List.of(web.network().spec()));
    }

    private record Published(ContainerNetwork network, Container container, PublishedPort port) {
        String gateway() {
            return network.pools().get(0).gatewayOrFirst().toString();
        }
    }

    /** A host with these rules, which reaches others by its uplink. */
    private static World world(String rules) throws IOException {
        Commands.require("iptables", "iptables-nft-restore", "nft");
        World world = new World();
        if (Files.exists(BRIDGED)) {
            Files.writeString(BRIDGED, "0");
        }
        world.netlink()
                .run(RtRequests.addRoute(
                        new byte[4],
                        0,
                        IpAddress.parse(REMOTE).bytes(),
                        world.netlink().link("uplink").orElseThrow().index()));
        if (rules.endsWith(".nft")) {
            Commands.feed(ForeignFirewallsIT.class, rules, "nft", "-f", "-");
        } else {
            Commands.feed(ForeignFirewallsIT.class, rules, "iptables-nft-restore");
        }
        return world;
    }

    private static Published publish(World world) throws IOException {
        ContainerNetwork made = world.network("n1");
        Container container = world.container(made, "a");
        PublishedPort published = container.publish(Protocol.TCP, null, 8080);
        world.reserve(published);
        world.networks().publish(List.of(published));
        return new Published(made, container, published);
    }

    private static boolean outward(Published web) throws IOException {
        return web.container().machine().call(() -> !Echo.unreachable(REMOTE, SERVER_PORT));
    }

    private static String warning(World world, Published web) throws IOException {
        List<String> warnings = world.networks().warnings(List.of(web.network().spec()));
        assertThat(warnings).hasSize(1);
        return warnings.get(0);
    }

    private static String remedy(String warning) {
        return warning.substring(warning.indexOf("To let packets through: ") + 24);
    }

    /** After the rules are mended and the container has started again: all is as if nobody else were there. */
    private static void again(World world, Published web) throws IOException {
        assertThat(world.networks().warnings(List.of(web.network().spec()))).isEmpty();
        assertThat(outward(web)).isTrue();
        world.takeBack(web.port());
        world.reserve(web.port());
        world.networks().publish(List.of(web.port()));
        assertThat(world.remote().call(() -> Echo.tcp(HOST, 8080))).isEqualTo(REMOTE);
    }

    private static String plain(String address) {
        return IpAddress.parse(address).toString();
    }
}

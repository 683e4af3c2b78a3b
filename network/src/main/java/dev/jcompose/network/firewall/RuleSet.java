package dev.jcompose.network.firewall;

import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.linux.netlink.nftables.Hook;
import dev.jcompose.linux.netlink.nftables.KeyType;
import dev.jcompose.linux.netlink.nftables.NftBatch;
import dev.jcompose.linux.netlink.nftables.Rule;
import dev.jcompose.linux.netlink.nftables.SetElement;
import dev.jcompose.linux.netlink.nftables.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The table of one family, as batches. The rules are always the same; networks and ports are elements of these sets:
 *
 * <pre>
 * bridges       "jc-1"                        every bridge of ours
 * same_bridge   "jc-1" . "jc-1"               traffic within one network, when bridged packets are filtered too
 * into          "jc-1" : goto into_network    what else may go to a network; to an internal one: drop
 * out_of        "jc-2" : drop                 internal networks
 * masqueraded   "jc-1"                        networks whose packets leave with the host's address
 * published     tcp . 8080 : 10.1.2.3 . 80                  on all addresses of the host
 * published_at  tcp . 127.0.0.1 . 8080 : 10.1.2.3 . 80      on one of them
 * </pre>
 */
final class RuleSet {
    private static final String BRIDGES = "bridges";
    private static final String SAME_BRIDGE = "same_bridge";
    private static final String INTO = "into";
    private static final String OUT_OF = "out_of";
    private static final String MASQUERADED = "masqueraded";
    private static final String PUBLISHED = "published";
    private static final String PUBLISHED_AT = "published_at";
    private static final String INTO_NETWORK = "into_network";
    private static final String TO_CONTAINERS = "to_containers";

    private static final byte[] LOOPBACK_NETWORK = {127, 0, 0, 0};
    private static final byte[] LOOPBACK_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    /** Registers of 4 bytes: an interface name fills four of them. */
    private static final int FIRST = 0;

    private static final int SECOND_NAME = 4;
    private static final int RESULT = 8;

    private final Family family;
    private final String table;
    private final KeyType address;
    private final int addressWords;

    RuleSet(Family family, String table) {
        this.family = family;
        this.table = table;
        address = family == Family.IP ? KeyType.IPV4_ADDR : KeyType.IPV6_ADDR;
        addressWords = address.bytes() / 4;
    }

    /** The whole table, in place of the one that there may be. */
    NftBatch replace(FirewallState state) {
        NftBatch batch = new NftBatch(family, table).addTable().deleteTable().addTable();
        sets(batch);
        filter(batch);
        nat(batch);
        bridges(batch, state.bridges());
        ports(batch, state.ports());
        return batch;
    }

    /** No table; whether or not there was one. */
    NftBatch remove() {
        return new NftBatch(family, table).addTable().deleteTable();
    }

    NftBatch addBridges(Collection<FilteredBridge> bridges) {
        return bridges(new NftBatch(family, table), bridges);
    }

    NftBatch deleteBridge(FilteredBridge bridge) {
        NftBatch batch = new NftBatch(family, table);
        SetElement name = SetElement.of(KeyType.ifname(bridge.name()));
        batch.deleteElements(BRIDGES, List.of(name));
        batch.deleteElements(SAME_BRIDGE, List.of(pair(bridge)));
        batch.deleteElements(INTO, List.of(name));
        if (bridge.internal()) {
            batch.deleteElements(OUT_OF, List.of(name));
        } else if (bridge.masquerade()) {
            batch.deleteElements(MASQUERADED, List.of(name));
        }
        return batch;
    }

    NftBatch addPorts(Collection<PublishedPort> ports) {
        return ports(new NftBatch(family, table), ports);
    }

    NftBatch deletePorts(Collection<PublishedPort> ports) {
        NftBatch batch = new NftBatch(family, table);
        for (PublishedPort port : ports) {
            batch.deleteElements(mapOf(port), List.of(SetElement.of(key(port))));
        }
        return batch;
    }

    private void sets(NftBatch batch) {
        KeyType target = KeyType.concat(address, KeyType.INET_SERVICE);
        batch.addSet(BRIDGES, KeyType.IFNAME)
                .addSet(SAME_BRIDGE, KeyType.concat(KeyType.IFNAME, KeyType.IFNAME))
                .addVerdictMap(INTO, KeyType.IFNAME)
                .addVerdictMap(OUT_OF, KeyType.IFNAME)
                .addSet(MASQUERADED, KeyType.IFNAME)
                .addMap(PUBLISHED, KeyType.concat(KeyType.INET_PROTO, KeyType.INET_SERVICE), target)
                .addMap(PUBLISHED_AT, KeyType.concat(KeyType.INET_PROTO, address, KeyType.INET_SERVICE), target);
    }

    private void filter(NftBatch batch) {
        batch.addChain(INTO_NETWORK)
                .addRule(
                        INTO_NETWORK,
                        new Rule("published ports")
                                .ctStatus(Rule.CT_STATUS_DNAT)
                                .then(Verdict.ACCEPT))
                .addRule(
                        INTO_NETWORK,
                        new Rule("everything else from elsewhere").counter().then(Verdict.DROP));
        batch.addBaseChain("forward", "filter", Hook.FORWARD, Hook.PRIORITY_FILTER)
                .addRule(
                        "forward",
                        new Rule("connections that were let through")
                                .ctState(Rule.CT_STATE_ESTABLISHED_RELATED)
                                .then(Verdict.ACCEPT))
                .addRule("forward", sameBridge("within one network").then(Verdict.ACCEPT))
                .addRule("forward", new Rule("into a network").oifname(FIRST).verdictMap(INTO, FIRST))
                .addRule(
                        "forward",
                        new Rule("out of an internal network").iifname(FIRST).verdictMap(OUT_OF, FIRST));
        if (family == Family.IP) {
            // route_localnet lets packets for 127.0.0.0/8 in at the bridges, and a port published on 127.0.0.1 would
            // be open to neighbours: both would only ever come from someone who tries.
            batch.addBaseChain("prerouting_raw", "filter", Hook.PREROUTING, Hook.PRIORITY_RAW)
                    .addRule(
                            "prerouting_raw",
                            new Rule("the host's loopback addresses from outside")
                                    .daddr(family, FIRST)
                                    .inNetwork(FIRST, LOOPBACK_NETWORK, 8)
                                    .iifname(SECOND_NAME)
                                    .notEqual(SECOND_NAME, KeyType.ifname("lo"))
                                    .counter()
                                    .then(Verdict.DROP));
        }
    }

    private void nat(NftBatch batch) {
        int port = 1 + addressWords;
        batch.addChain(TO_CONTAINERS)
                .addRule(
                        TO_CONTAINERS,
                        new Rule("ports published on one address")
                                .l4proto(FIRST)
                                .daddr(family, 1)
                                .dport(port)
                                .map(PUBLISHED_AT, FIRST, RESULT)
                                .dnat(family, RESULT, RESULT + addressWords))
                .addRule(
                        TO_CONTAINERS,
                        new Rule("ports published on all addresses")
                                .l4proto(FIRST)
                                .dport(1)
                                .map(PUBLISHED, FIRST, RESULT)
                                .dnat(family, RESULT, RESULT + addressWords));
        for (Hook hook : List.of(Hook.PREROUTING, Hook.OUTPUT)) {
            String chain = hook == Hook.PREROUTING ? "prerouting_nat" : "output_nat";
            batch.addBaseChain(chain, "nat", hook, Hook.PRIORITY_DSTNAT);
            if (family == Family.IP6 && hook == Hook.OUTPUT) {
                // The kernel takes no answer to ::1 from a bridge; a proxy listens there.
                batch.addRule(
                        chain,
                        new Rule("from the host's loopback")
                                .daddr(family, FIRST)
                                .equal(FIRST, LOOPBACK_V6)
                                .then(Verdict.ACCEPT));
            }
            batch.addRule(chain, new Rule("for this host").toThisHost().then(Verdict.jump(TO_CONTAINERS)));
        }
        String chain = "postrouting_nat";
        batch.addBaseChain(chain, "nat", Hook.POSTROUTING, Hook.PRIORITY_SRCNAT)
                .addRule(
                        chain,
                        // Else the answer would take the short way over the bridge, and come from the wrong address.
                        sameBridge("through a published port back into the same network")
                                .ctStatus(Rule.CT_STATUS_DNAT)
                                .masquerade())
                .addRule(chain, bridgedBack())
                .addRule(chain, sameBridge("within one network").then(Verdict.ACCEPT))
                .addRule(
                        chain,
                        new Rule("out of a network")
                                .iifname(FIRST)
                                .in(MASQUERADED, FIRST)
                                .masquerade());
        if (family == Family.IP) {
            batch.addRule(
                    chain,
                    new Rule("from the host's loopback through a published port")
                            .saddr(family, FIRST)
                            .inNetwork(FIRST, LOOPBACK_NETWORK, 8)
                            .oifname(SECOND_NAME)
                            .in(BRIDGES, SECOND_NAME)
                            .masquerade());
        }
    }

    private NftBatch bridges(NftBatch batch, Collection<FilteredBridge> bridges) {
        List<SetElement> names = new ArrayList<>();
        List<SetElement> pairs = new ArrayList<>();
        List<SetElement> into = new ArrayList<>();
        List<SetElement> outOf = new ArrayList<>();
        List<SetElement> masqueraded = new ArrayList<>();
        for (FilteredBridge bridge : bridges) {
            byte[] name = KeyType.ifname(bridge.name());
            names.add(SetElement.of(name));
            pairs.add(pair(bridge));
            into.add(SetElement.of(name, bridge.internal() ? Verdict.DROP : Verdict.goTo(INTO_NETWORK)));
            if (bridge.internal()) {
                outOf.add(SetElement.of(name, Verdict.DROP));
            } else if (bridge.masquerade()) {
                masqueraded.add(SetElement.of(name));
            }
        }
        return batch.addElements(BRIDGES, names)
                .addElements(SAME_BRIDGE, pairs)
                .addElements(INTO, into)
                .addElements(OUT_OF, outOf)
                .addElements(MASQUERADED, masqueraded);
    }

    private NftBatch ports(NftBatch batch, Collection<PublishedPort> ports) {
        List<SetElement> everywhere = new ArrayList<>();
        List<SetElement> atOneAddress = new ArrayList<>();
        for (PublishedPort port : ports) {
            byte[] target = KeyType.concat(port.containerIp().bytes(), KeyType.port(port.containerPort()));
            (port.onAllAddresses() ? everywhere : atOneAddress).add(SetElement.of(key(port), target));
        }
        return batch.addElements(PUBLISHED, everywhere).addElements(PUBLISHED_AT, atOneAddress);
    }

    private static String mapOf(PublishedPort port) {
        return port.onAllAddresses() ? PUBLISHED : PUBLISHED_AT;
    }

    private static byte[] key(PublishedPort port) {
        byte[] protocol = {(byte) port.protocol().number()};
        byte[] number = KeyType.port(port.hostPort());
        return port.onAllAddresses()
                ? KeyType.concat(protocol, number)
                : KeyType.concat(protocol, Objects.requireNonNull(port.hostIp()).bytes(), number);
    }

    private static SetElement pair(FilteredBridge bridge) {
        byte[] name = KeyType.ifname(bridge.name());
        return SetElement.of(KeyType.concat(name, name));
    }

    /**
     * With br_netfilter a packet whose new destination is on the same bridge is not routed but bridged, and here it
     * seems to come from nowhere.
     */
    private static Rule bridgedBack() {
        return new Rule("through a published port back into the same network, bridged")
                .iifname(FIRST)
                .equal(FIRST, KeyType.ifname(""))
                .oifname(SECOND_NAME)
                .in(BRIDGES, SECOND_NAME)
                .ctStatus(Rule.CT_STATUS_DNAT)
                .notFromThisHost()
                .masquerade();
    }

    private static Rule sameBridge(String comment) {
        return new Rule(comment).iifname(FIRST).oifname(SECOND_NAME).in(SAME_BRIDGE, FIRST);
    }
}

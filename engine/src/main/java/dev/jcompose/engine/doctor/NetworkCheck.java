package dev.jcompose.engine.doctor;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.network.bridge.DefaultRoute;
import dev.jcompose.network.firewall.Firewall;
import dev.jcompose.network.firewall.ForeignRules;
import dev.jcompose.network.firewall.Forwarding;
import dev.jcompose.network.firewall.Obstacles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Bridges, firewall and forwarding. */
final class NetworkCheck {
    private static final Path FORWARD = Path.of("/proc/sys/net/ipv4/ip_forward");
    private static final String BRIDGE = "jc-doctor";

    private final Linux linux;
    private final Rights rights;

    NetworkCheck(Linux linux, Rights rights) {
        this.linux = linux;
        this.rights = rights;
    }

    void report(Findings findings) {
        if (!rights.suffice()) {
            findings.unknown("bridges", "making them was not tried", Rights.REMEDY);
            findings.unknown("firewall", "the rules cannot be read", Rights.REMEDY);
        } else {
            bridges(findings);
            firewall(findings);
        }
        forwarding(findings);
    }

    private void bridges(Findings findings) {
        try {
            NewNamespaces.run(linux, Sched.CLONE_NEWNET, () -> {
                try (RtNetlink netlink = RtNetlink.open(linux)) {
                    netlink.run(RtRequests.addBridge(link(BRIDGE)));
                    netlink.run(RtRequests.addVeth(link("jc-a"), link("jc-b")));
                }
            });
            findings.ok("bridges", "bridges and veth pairs can be made");
        } catch (IOException e) {
            findings.failure("bridges", String.valueOf(e.getMessage()), "modprobe bridge; modprobe veth");
        }
    }

    private static LinkSettings link(String name) {
        return new LinkSettings().name(name);
    }

    private void firewall(Findings findings) {
        try (Firewall firewall = Firewall.open(linux, "jcompose-doctor");
                RtNetlink netlink = RtNetlink.open(linux)) {
            Optional<String> unavailable = firewall.unavailable();
            if (unavailable.isPresent()) {
                findings.warning(
                        "nf_tables",
                        unavailable.get() + ": published ports are served by a proxy, and containers do not reach"
                                + " other hosts",
                        "modprobe nf_tables nft_chain_nat, or take a kernel with CONFIG_NF_TABLES");
                return;
            }
            findings.ok("nf_tables", "there");
            Obstacles obstacles =
                    new ForeignRules(linux, firewall, new DefaultRoute(netlink)::linkName).of(BRIDGE, Family.IP);
            if (obstacles.isEmpty()) {
                findings.ok("rules of others", "none drops what containers send");
            } else {
                findings.warning("rules of others", obstacles.problem(), obstacles.remedy(List.of(BRIDGE)));
            }
            obstacles
                    .host()
                    .ifPresent(block -> findings.warning(
                            "rules of others", Obstacles.hostProblem(block), block.remedy(List.of(BRIDGE))));
            if (!obstacles.unjudged().isEmpty()) {
                findings.unknown(
                        "rules of others",
                        "what these drop cannot be told, as they go by rates, times or chance: "
                                + String.join(", ", obstacles.unjudged()),
                        "nft list ruleset shows them");
            }
        } catch (ErrnoException e) {
            findings.warning("nf_tables", String.valueOf(e.getMessage()), "modprobe nf_tables");
        }
    }

    private static void forwarding(Findings findings) {
        if (Forwarding.isOn()) {
            findings.ok("forwarding", "net.ipv4.ip_forward is on");
        } else if (Files.isWritable(FORWARD)) {
            findings.ok("forwarding", "off; switched on while there are networks");
        } else {
            findings.warning(
                    "forwarding",
                    "net.ipv4.ip_forward is off: containers reach no other hosts",
                    "sysctl -w net.ipv4.ip_forward=1; in a container: mount /proc/sys read-write");
        }
    }
}

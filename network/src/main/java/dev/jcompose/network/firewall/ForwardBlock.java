package dev.jcompose.network.firewall;

import dev.jcompose.linux.netlink.nftables.ChainInfo;
import java.util.Collection;

/**
 * A chain of somebody else that drops forwarded packets unless a rule there accepts them. What another table drops
 * stays dropped, whatever ours says.
 *
 * @param chain the chain
 * @param owner who it belongs to
 * @param bridged whether packets within one network go through it too, see {@code bridge-nf-call-iptables} in the
 *     kernel's documentation
 */
public record ForwardBlock(ChainInfo chain, Owner owner, boolean bridged) {

    /** Programs that are known to make such chains. */
    public enum Owner {
        DOCKER,
        UFW,
        OTHER
    }

    /**
     * What the user should know, in one line.
     *
     * @param bridges the interfaces that it concerns
     */
    public String advice(Collection<String> bridges) {
        return "firewall chain \"%s %s %s\"%s drops what this host forwards: containers reach neither other hosts%s, and"
                        .formatted(
                                chain.family(),
                                chain.table(),
                                chain.name(),
                                whose(),
                                bridged
                                        ? " nor each other (net.bridge.bridge-nf-call-iptables is on)"
                                        : " nor other networks")
                + " published ports are served by a proxy, which hides the addresses of clients. To let packets"
                + " through: "
                + remedy(bridges);
    }

    private String whose() {
        return switch (owner) {
            case DOCKER -> " (Docker's)";
            case UFW -> " (ufw's)";
            case OTHER -> "";
        };
    }

    /** Commands that let packets through. */
    public String remedy(Collection<String> bridges) {
        return switch (owner) {
            case DOCKER -> {
                String command = chain.family().equals("ip6") ? "ip6tables" : "iptables";
                yield command + " -I DOCKER-USER -i jc-+ -j ACCEPT && " + command + " -I DOCKER-USER -o jc-+ -j ACCEPT";
            }
            case UFW ->
                String.join(
                        " && ",
                        bridges.stream()
                                .map(bridge ->
                                        "ufw route allow in on " + bridge + " && ufw route allow out on " + bridge)
                                .toList());
            case OTHER -> "make that chain accept packets from and to " + String.join(", ", bridges);
        };
    }
}

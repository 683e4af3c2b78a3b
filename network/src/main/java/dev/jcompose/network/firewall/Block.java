package dev.jcompose.network.firewall;

import dev.jcompose.linux.netlink.nftables.ChainInfo;
import dev.jcompose.linux.netlink.nftables.Hook;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where somebody else's rules drop our packets. What another table drops stays dropped, whatever ours says.
 *
 * @param base the chain that the kernel asks
 * @param chain the one that drops: the same, or one that it leads to
 * @param owner who it belongs to
 * @param legacy whether it is one of iptables-legacy, which nft does not show
 */
public record Block(ChainInfo base, String chain, Owner owner, boolean legacy) {
    private static final String OUR_BRIDGES = "jc-";

    /** Programs that are known to make such chains. */
    public enum Owner {
        DOCKER("Docker"),
        UFW("ufw"),
        FIREWALLD("firewalld"),
        OTHER("");

        private final String title;

        Owner(String title) {
            this.title = title;
        }
    }

    /** The chain as {@code nft list chain} takes it, and whose it is. */
    @Override
    public String toString() {
        String name =
                "\"%s %s %s\"".formatted(base.family(), base.table(), chain) + (legacy ? " of iptables-legacy" : "");
        return owner == Owner.OTHER ? name : name + " (" + owner.title + "'s)";
    }

    /** The command that lets packets from bridges pass; and those to them, on their way through this host. */
    public String remedy(Collection<String> bridges) {
        return switch (owner) {
            case DOCKER -> iptables(input() ? base.name() : "DOCKER-USER", bridges);
            case UFW ->
                commands(bridges, "+", input() ? "ufw allow %s on %s" : "ufw route allow %s on %s", "in", "out");
            case FIREWALLD ->
                commands(bridges, "+", "firewall-cmd --permanent --zone=trusted --add-%s=%s", "interface")
                        + " && firewall-cmd --reload";
            case OTHER -> isOfIptables() ? iptables(base.name(), bridges) : nft(bridges);
        };
    }

    private boolean input() {
        return base.hook() == Hook.INPUT;
    }

    private boolean isOfIptables() {
        return !base.family().equals("inet")
                && base.table().equals("filter")
                && base.name().equals(base.name().toUpperCase(Locale.ROOT));
    }

    private String iptables(String into, Collection<String> bridges) {
        String command = (base.family().equals("ip6") ? "ip6tables" : "iptables") + (legacy ? "-legacy" : "");
        return commands(bridges, "+", command + " -I " + into + " %s %s -j ACCEPT", "-i", "-o");
    }

    private String nft(Collection<String> bridges) {
        String rule = "nft insert rule %s %s %s".formatted(base.family(), base.table(), base.name());
        return commands(bridges, "*", rule + " %s '\"%s\"' accept", "iifname", "oifname");
    }

    /** @param sides of what comes from a bridge, and of what goes there, which no packet for this host does */
    private String commands(Collection<String> bridges, String rest, String format, String... sides) {
        return all(bridges, rest).stream()
                .flatMap(bridge -> Stream.of(sides).limit(input() ? 1 : 2).map(side -> format.formatted(side, bridge)))
                .collect(Collectors.joining(" && "));
    }

    /** The names, with one pattern for all those that we have given. */
    private static List<String> all(Collection<String> bridges, String rest) {
        return bridges.stream()
                .map(bridge -> bridge.startsWith(OUR_BRIDGES) ? OUR_BRIDGES + rest : bridge)
                .distinct()
                .sorted()
                .toList();
    }
}

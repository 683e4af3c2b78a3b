package dev.jcompose.network.firewall;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.nftables.ChainInfo;
import dev.jcompose.linux.netlink.nftables.Hook;
import dev.jcompose.linux.netlink.nftables.NfTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of others that stand in our way. They are read and never changed. Those of iptables-nft are seen, those of
 * iptables-legacy are not; firewalld lets translated packets pass, and those of its default zone.
 */
public final class ForeignRules {
    private static final String OUR_BRIDGES = "jc-";
    private static final Path BRIDGED = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
    private static final List<String> FAMILIES = List.of("ip", "ip6", "inet");

    private final Firewall firewall;

    public ForeignRules(Firewall firewall) {
        this.firewall = firewall;
    }

    /**
     * What blocks packets that a bridge forwards.
     *
     * @param bridge the interface's name
     * @return the first chain that drops by default and whose table has no rule about the bridge
     */
    public Optional<ForwardBlock> blocking(String bridge) throws ErrnoException {
        NfTables tables = firewall.tables();
        if (tables == null || firewall.unavailable().isPresent()) {
            return Optional.empty();
        }
        List<ChainInfo> chains = tables.chains();
        for (ChainInfo chain : dropping(chains)) {
            String word = bridge.startsWith(OUR_BRIDGES) ? OUR_BRIDGES : bridge;
            if (!tables.rulesMention(chain, word)) {
                return Optional.of(new ForwardBlock(chain, owner(chain, chains), bridged()));
            }
        }
        return Optional.empty();
    }

    private List<ChainInfo> dropping(List<ChainInfo> chains) {
        List<ChainInfo> dropping = new ArrayList<>();
        for (ChainInfo chain : chains) {
            if (chain.hook() == Hook.FORWARD
                    && chain.drops()
                    && FAMILIES.contains(chain.family())
                    && !chain.table().equals(firewall.table())) {
                dropping.add(chain);
            }
        }
        return dropping;
    }

    private static boolean bridged() {
        try {
            return Files.exists(BRIDGED) && Files.readString(BRIDGED).strip().equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    private static ForwardBlock.Owner owner(ChainInfo blocking, List<ChainInfo> chains) {
        boolean ufw = false;
        for (ChainInfo chain : chains) {
            if (chain.family().equals(blocking.family()) && chain.table().equals(blocking.table())) {
                if (chain.name().equals("DOCKER-USER")) {
                    return ForwardBlock.Owner.DOCKER;
                }
                ufw |= chain.name().startsWith("ufw-");
            }
        }
        return ufw ? ForwardBlock.Owner.UFW : ForwardBlock.Owner.OTHER;
    }
}

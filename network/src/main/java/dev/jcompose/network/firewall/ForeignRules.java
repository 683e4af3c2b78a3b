package dev.jcompose.network.firewall;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.nftables.ChainInfo;
import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.linux.netlink.nftables.Hook;
import dev.jcompose.linux.netlink.nftables.NfTables;
import dev.jcompose.linux.netlink.nftables.RuleInfo;
import dev.jcompose.linux.netlink.nftables.SetContent;
import dev.jcompose.linux.xtables.LegacyFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of others that stand in our way: they are asked what they would do with a packet, and never changed. Those
 * of iptables, in both its forms, are among them.
 */
public final class ForeignRules {
    private static final Path BRIDGED = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");

    private final Linux linux;
    private final Firewall firewall;
    private final Uplink uplink;

    /** Which interface leads to other hosts. */
    @FunctionalInterface
    public interface Uplink {
        /** Its name; null when there is none, or no single one. */
        @Nullable
        String name() throws ErrnoException;
    }

    public ForeignRules(Linux linux, Firewall firewall, Uplink uplink) {
        this.linux = linux;
        this.firewall = firewall;
        this.uplink = uplink;
    }

    /**
     * What drops packets from other hosts that a published port leads to a container.
     *
     * @param bridge the interface's name
     */
    public Optional<Block> published(String bridge, Family family) throws ErrnoException {
        Optional<Reading> reading = read(family);
        return reading.isEmpty() ? Optional.empty() : reading.get().forwarding(family, uplink.name(), bridge, true);
    }

    /** All that drops packets of a bridge. */
    public Obstacles of(String bridge, Family family) throws ErrnoException {
        Optional<Reading> read = read(family);
        if (read.isEmpty()) {
            return Obstacles.NONE;
        }
        Reading reading = read.get();
        String out = uplink.name();
        return new Obstacles(
                reading.forwarding(family, bridge, out, false),
                reading.forwarding(family, out, bridge, true),
                reading.drops(TrialPacket.first(Hook.INPUT, family, out, null, false)),
                bridged() ? reading.forwarding(family, bridge, bridge, false) : Optional.empty(),
                reading.drops(TrialPacket.first(Hook.INPUT, family, bridge, null, false)),
                reading.unjudged);
    }

    /** Empty when there is nothing that could drop anything, as on most hosts. */
    private Optional<Reading> read(Family family) throws ErrnoException {
        NfTables tables = firewall.tables();
        if (tables == null || firewall.unavailable().isPresent()) {
            return Optional.empty();
        }
        List<ChainInfo> chains = tables.chains().stream()
                .filter(chain -> chain.family().equals("inet") || chain.family().equals(family.toString()))
                .filter(chain -> !chain.table().equals(firewall.table()))
                .toList();
        List<RuleInfo> legacy =
                LegacyFilter.read(linux, family).map(LegacyFilter::rules).orElse(List.of());
        return !legacy.isEmpty()
                        || chains.stream().anyMatch(chain -> chain.hook() == Hook.FORWARD || chain.hook() == Hook.INPUT)
                ? Optional.of(new Reading(tables, chains, family, legacy))
                : Optional.empty();
    }

    private static boolean bridged() {
        try {
            return Files.exists(BRIDGED) && Files.readString(BRIDGED).strip().equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    /** The chains of others at one moment; rules are read when they are asked for. */
    private static final class Reading {
        private final NfTables tables;
        private final List<ChainInfo> chains;
        private final Map<String, List<RuleInfo>> rules = new HashMap<>();
        private final Map<String, SetContent> sets = new HashMap<>();
        private final SortedSet<String> unjudged = new TreeSet<>();
        private final Family family;
        private final List<RuleInfo> legacy;

        Reading(NfTables tables, List<ChainInfo> chains, Family family, List<RuleInfo> legacy) {
            this.tables = tables;
            this.chains = chains;
            this.family = family;
            this.legacy = legacy;
        }

        /** What drops the first packet of a connection through this host, or the answer to it. */
        Optional<Block> forwarding(Family family, @Nullable String in, @Nullable String out, boolean translated)
                throws ErrnoException {
            TrialPacket packet = TrialPacket.first(Hook.FORWARD, family, in, out, translated);
            Optional<Block> first = drops(packet);
            return first.isPresent() ? first : drops(packet.answered());
        }

        Optional<Block> drops(TrialPacket packet) throws ErrnoException {
            for (ChainInfo base : chains) {
                if (base.hook() == packet.hook()) {
                    Optional<String> chain = dropping(base, packet);
                    if (chain.isPresent()) {
                        return Optional.of(new Block(base, chain.get(), owner(base, names(base)), false));
                    }
                }
            }
            ChainInfo base =
                    new ChainInfo(family.toString(), "filter", packet.hook().name(), packet.hook(), false);
            TableTrial trial = new TableTrial(
                    legacy,
                    name -> {
                        throw new IllegalStateException("iptables-legacy has no set " + name);
                    },
                    packet);
            Optional<String> dropping = trial.dropping(base);
            trial.unjudged().forEach(rule -> unjudged.add(base.family() + " filter " + rule));
            return dropping.map(chain -> new Block(
                    base,
                    chain,
                    owner(base, legacy.stream().map(RuleInfo::chain).toList()),
                    true));
        }

        private Optional<String> dropping(ChainInfo base, TrialPacket packet) throws ErrnoException {
            TableTrial trial = new TableTrial(rules(base), name -> set(base, name), packet);
            Optional<String> chain = trial.dropping(base);
            trial.unjudged().forEach(rule -> unjudged.add(base.family() + " " + base.table() + " " + rule));
            return chain;
        }

        private SetContent set(ChainInfo base, String name) throws ErrnoException {
            String key = base.family() + " " + base.table() + " " + name;
            SetContent known = sets.get(key);
            if (known == null) {
                known = tables.elements(base, name);
                sets.put(key, known);
            }
            return known;
        }

        /** The names of the chains of a table. */
        private List<String> names(ChainInfo base) {
            return chains.stream()
                    .filter(chain -> chain.family().equals(base.family())
                            && chain.table().equals(base.table()))
                    .map(ChainInfo::name)
                    .toList();
        }

        private List<RuleInfo> rules(ChainInfo base) throws ErrnoException {
            String table = base.family() + " " + base.table();
            List<RuleInfo> known = rules.get(table);
            if (known == null) {
                known = tables.rules(base);
                rules.put(table, known);
            }
            return known;
        }

        private static Block.Owner owner(ChainInfo base, List<String> names) {
            if (names.contains("DOCKER-USER")) {
                return Block.Owner.DOCKER;
            }
            boolean ufw = names.stream().anyMatch(name -> name.startsWith("ufw"));
            return base.table().equals("firewalld") ? Block.Owner.FIREWALLD : ufw ? Block.Owner.UFW : Block.Owner.OTHER;
        }
    }
}

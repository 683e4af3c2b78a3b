package dev.jcompose.network.firewall;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.nftables.ChainInfo;
import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.linux.netlink.nftables.Hook;
import dev.jcompose.linux.netlink.nftables.NfTables;
import dev.jcompose.linux.netlink.nftables.NftBatch;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Protocol;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one nf_tables table in the state that networks and published ports ask for, in the network namespace of the
 * thread that opened it.
 *
 * <p>Every change is atomic. Small ones add or delete elements; when the kernel's table is not what it was, because
 * someone flushed it, the whole table is written again. With nothing to do there is no table. Needs
 * {@code CAP_NET_ADMIN}. Thread-safe.
 */
public final class Firewall implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Firewall.class);

    private final NfTables tables;
    private final String table;
    private final RuleSet rules;
    private FirewallState state = FirewallState.EMPTY;

    private Firewall(NfTables tables, String table) {
        this.tables = tables;
        this.table = table;
        rules = new RuleSet(Family.IP, table);
    }

    /**
     * Opens it; changes nothing yet.
     *
     * @param table the table's name, one per engine
     */
    public static Firewall open(Linux linux, String table) throws ErrnoException {
        return new Firewall(NfTables.open(linux), table);
    }

    /** Makes the table what {@code wanted} says, whatever it was before; a restarted engine begins with this. */
    public synchronized void apply(FirewallState wanted) throws NetworkException {
        commit(wanted.isEmpty() ? rules.remove() : rules.replace(wanted));
        state = wanted;
    }

    /** Lets a network in; one that is known already changes its settings. */
    public synchronized void addBridge(FilteredBridge bridge) throws NetworkException {
        if (!state.bridges().contains(bridge)) {
            boolean known =
                    state.bridges().stream().anyMatch(other -> other.name().equals(bridge.name()));
            change(state.withBridge(bridge), known ? null : rules.addBridges(List.of(bridge)));
        }
    }

    /** Forgets a network; one that is not known is forgotten already. */
    public synchronized void removeBridge(String name) throws NetworkException {
        Optional<FilteredBridge> known =
                state.bridges().stream().filter(b -> b.name().equals(name)).findFirst();
        if (known.isPresent()) {
            change(state.withoutBridge(name), rules.deleteBridge(known.get()));
        }
    }

    /**
     * Publishes ports. Those that are published just so already are left alone.
     *
     * @throws NetworkException if one is published for something else, naming that container
     */
    public synchronized void publish(Collection<PublishedPort> ports) throws NetworkException {
        List<PublishedPort> fresh =
                ports.stream().filter(port -> !state.ports().contains(port)).toList();
        for (PublishedPort port : fresh) {
            Optional<PublishedPort> holder =
                    state.ports().stream().filter(port::conflictsWith).findFirst();
            if (holder.isPresent()) {
                throw new NetworkException("port %d/%s is already published by container \"%s\""
                        .formatted(
                                port.hostPort(), port.protocol(), holder.get().containerName()));
            }
        }
        if (!fresh.isEmpty()) {
            change(state.withPorts(fresh), rules.addPorts(fresh));
            forgetConnections(fresh);
        }
    }

    /** Takes ports back; those that are not published are not looked at. */
    public synchronized void unpublish(Collection<PublishedPort> ports) throws NetworkException {
        List<PublishedPort> known =
                ports.stream().filter(state.ports()::contains).toList();
        if (!known.isEmpty()) {
            change(state.withoutPorts(known), rules.deletePorts(known));
            forgetConnections(known);
        }
    }

    /** What is published now. */
    public synchronized FirewallState state() {
        return state;
    }

    /** Deletes the table. */
    public synchronized void remove() throws NetworkException {
        apply(FirewallState.EMPTY);
    }

    /**
     * Base chains of others that drop forwarded packets unless a rule there accepts them; no table of ours can change
     * that. Those of iptables-legacy cannot be seen.
     */
    public List<ChainInfo> foreignForwardDrops() throws ErrnoException {
        return tables.chains().stream()
                .filter(chain -> chain.hook() == Hook.FORWARD && chain.drops())
                .filter(chain -> List.of("ip", "inet").contains(chain.family()))
                .filter(chain -> !chain.table().equals(table))
                .toList();
    }

    @Override
    public void close() {
        tables.close();
    }

    /** A UDP client that sends all the time would else stay with what its first packet met. */
    private void forgetConnections(Collection<PublishedPort> ports) {
        Set<Integer> udp = ports.stream()
                .filter(port -> port.protocol() == Protocol.UDP)
                .map(PublishedPort::hostPort)
                .collect(Collectors.toSet());
        if (udp.isEmpty()) {
            return;
        }
        try {
            tables.forgetUdpConnections(udp);
        } catch (ErrnoException e) {
            log.warn("cannot forget UDP connections to ports {}: {}", udp, e.getMessage());
        }
    }

    /** @param step the elements to add or delete, null when only the whole table will do */
    private void change(FirewallState wanted, @Nullable NftBatch step) throws NetworkException {
        if (step == null || state.isEmpty() || wanted.isEmpty()) {
            apply(wanted);
            return;
        }
        try {
            tables.commit(step);
            state = wanted;
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.EEXIST)) {
                throw new NetworkException("cannot change the firewall table \"" + table + "\"", e);
            }
            log.warn("somebody changed the firewall table \"{}\"; writing it again", table);
            apply(wanted);
        }
    }

    private void commit(NftBatch batch) throws NetworkException {
        try {
            tables.commit(batch);
        } catch (ErrnoException e) {
            throw new NetworkException("cannot change the firewall table \"" + table + "\"", e);
        }
    }
}

package dev.jcompose.network.firewall;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.nftables.Family;
import dev.jcompose.linux.netlink.nftables.NfTables;
import dev.jcompose.linux.netlink.nftables.NftBatch;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.Protocol;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one nf_tables table of each family in the state that networks and published ports ask for, in the network
 * namespace of the thread that opened it.
 *
 * <p>Every change is atomic, also over both families. Small ones add or delete elements; when the kernel's table is not
 * what it was, because someone flushed it, all is written again. With nothing to do there is no table. Where the kernel
 * has no nf_tables, or denies it, this keeps the state only, and {@link #unavailable} says why. Needs
 * {@code CAP_NET_ADMIN}. Thread-safe.
 */
public final class Firewall implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Firewall.class);
    private static final List<Errno> LACKING = List.of(
            Errno.EPERM,
            Errno.EACCES,
            Errno.EOPNOTSUPP,
            Errno.EPROTONOSUPPORT,
            Errno.EAFNOSUPPORT,
            Errno.EINVAL,
            Errno.ENOENT);

    private final @Nullable NfTables tables;
    private final String table;
    private final Map<Family, RuleSet> rules = new EnumMap<>(Family.class);
    private FirewallState state = FirewallState.EMPTY;
    private @Nullable String unavailable;
    private boolean written;

    private Firewall(@Nullable NfTables tables, String table, @Nullable String unavailable) {
        this.tables = tables;
        this.table = table;
        this.unavailable = unavailable;
        for (Family family : Family.values()) {
            rules.put(family, new RuleSet(family, table));
        }
    }

    /** How to get at nf_tables. */
    @FunctionalInterface
    public interface Access {
        /** Opens it for the calling thread's network namespace. */
        NfTables open(Linux linux) throws ErrnoException;
    }

    /**
     * Opens it; changes nothing yet.
     *
     * @param table the table's name, one per engine
     */
    public static Firewall open(Linux linux, String table) throws ErrnoException {
        return open(linux, table, NfTables::open);
    }

    /** The same where nf_tables is reached in another way, or cannot be reached. */
    public static Firewall open(Linux linux, String table, Access access) throws ErrnoException {
        try {
            return new Firewall(access.open(linux), table, null);
        } catch (ErrnoException e) {
            if (LACKING.stream().noneMatch(e::is)) {
                throw e;
            }
            return new Firewall(null, table, e.getMessage());
        }
    }

    /** Why packets cannot be filtered and translated here; empty when they can, or when nobody has tried yet. */
    public synchronized Optional<String> unavailable() {
        return Optional.ofNullable(unavailable);
    }

    /** Makes the tables what {@code wanted} says, whatever they were before; a restarted engine begins with this. */
    public synchronized void apply(FirewallState wanted) throws NetworkException {
        try {
            if (tables != null && unavailable == null) {
                tables.commit(whole(tables, wanted));
                written = !wanted.isEmpty();
            }
        } catch (ErrnoException e) {
            if (written || LACKING.stream().noneMatch(e::is)) {
                throw new NetworkException("cannot change the firewall table \"" + table + "\"", e);
            }
            unavailable = e.getMessage();
            log.warn("no firewall: {}", unavailable);
        }
        state = wanted;
    }

    private NftBatch whole(NfTables tables, FirewallState wanted) throws ErrnoException {
        NftBatch batch = new NftBatch(Family.IP, table);
        for (Family family : Family.values()) {
            FirewallState part = wanted.of(family);
            RuleSet set = rules(family);
            if (!part.isEmpty()) {
                batch.and(set.replace(part));
            } else if (tables.hasTable(family, table)) {
                batch.and(set.remove());
            }
        }
        return batch;
    }

    /** Lets a network in; one that is known already changes its settings. */
    public synchronized void addBridge(FilteredBridge bridge) throws NetworkException {
        if (!state.bridges().contains(bridge)) {
            boolean known =
                    state.bridges().stream().anyMatch(other -> other.name().equals(bridge.name()));
            NftBatch step = known
                    ? null
                    : step(FirewallState.EMPTY.withBridge(bridge), (set, part) -> set.addBridges(part.bridges()));
            change(state.withBridge(bridge), step);
        }
    }

    /** Forgets a network; one that is not known is forgotten already. */
    public synchronized void removeBridge(String name) throws NetworkException {
        Optional<FilteredBridge> known =
                state.bridges().stream().filter(b -> b.name().equals(name)).findFirst();
        if (known.isPresent()) {
            change(
                    state.withoutBridge(name),
                    step(FirewallState.EMPTY.withBridge(known.get()), (set, part) -> set.deleteBridge(known.get())));
        }
    }

    /**
     * Publishes ports. Those that are published just so already are left alone.
     *
     * @param ports whose host and container addresses are of one family
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
            change(
                    state.withPorts(fresh),
                    step(FirewallState.EMPTY.withPorts(fresh), (set, part) -> set.addPorts(part.ports())));
            forgetConnections(fresh);
        }
    }

    /** Takes ports back; those that are not published are not looked at. */
    public synchronized void unpublish(Collection<PublishedPort> ports) throws NetworkException {
        List<PublishedPort> known =
                ports.stream().filter(state.ports()::contains).toList();
        if (!known.isEmpty()) {
            change(
                    state.withoutPorts(known),
                    step(FirewallState.EMPTY.withPorts(known), (set, part) -> set.deletePorts(part.ports())));
            forgetConnections(known);
        }
    }

    /** What is published now. */
    public synchronized FirewallState state() {
        return state;
    }

    /** Deletes the tables. */
    public synchronized void remove() throws NetworkException {
        apply(FirewallState.EMPTY);
    }

    /** Writes the tables again when there should be some: after somebody else has removed them, or part of them. */
    public synchronized void reassert() throws NetworkException {
        if (!state.isEmpty()) {
            log.warn("somebody changed the firewall table \"{}\"; writing it again", table);
            apply(state);
        }
    }

    /** nf_tables as this uses it; null where there is none. */
    @Nullable
    NfTables tables() {
        return tables;
    }

    /** The name of its tables. */
    public String table() {
        return table;
    }

    @Override
    public void close() {
        if (tables != null) {
            tables.close();
        }
    }

    private interface Change {
        NftBatch of(RuleSet set, FirewallState part);
    }

    /**
     * What a change of {@code part} means for the tables that exist; null when one would come with it, so that only
     * writing all will do.
     */
    private @Nullable NftBatch step(FirewallState part, Change change) {
        NftBatch batch = new NftBatch(Family.IP, table);
        for (Family family : Family.values()) {
            FirewallState changed = part.of(family);
            if (!changed.isEmpty()) {
                if (state.isEmpty(family)) {
                    return null;
                }
                batch.and(change.of(rules(family), changed));
            }
        }
        return batch;
    }

    /** A UDP client that sends all the time would else stay with what its first packet met. */
    private void forgetConnections(Collection<PublishedPort> ports) {
        Set<Integer> udp = ports.stream()
                .filter(port -> port.protocol() == Protocol.UDP)
                .map(PublishedPort::hostPort)
                .collect(Collectors.toSet());
        if (udp.isEmpty() || tables == null || unavailable != null) {
            return;
        }
        try {
            tables.forgetUdpConnections(udp);
        } catch (ErrnoException e) {
            log.warn("cannot forget UDP connections to ports {}: {}", udp, e.getMessage());
        }
    }

    /** @param step the elements to add or delete, null when only the whole tables will do */
    private void change(FirewallState wanted, @Nullable NftBatch step) throws NetworkException {
        boolean comesOrGoes = state.isEmpty() || wanted.isEmpty() || losesFamily(wanted);
        if (step == null || comesOrGoes || tables == null || unavailable != null) {
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

    private boolean losesFamily(FirewallState wanted) {
        return !state.isEmpty(Family.IP6) && wanted.isEmpty(Family.IP6);
    }

    private RuleSet rules(Family family) {
        return Objects.requireNonNull(rules.get(family));
    }
}

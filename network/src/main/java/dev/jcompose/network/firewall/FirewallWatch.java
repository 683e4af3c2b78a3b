package dev.jcompose.network.firewall;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.linux.netlink.nftables.NfTables;
import dev.jcompose.linux.netlink.nftables.NfTablesWatch;
import dev.jcompose.network.NetworkException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the firewall again as soon as somebody else has removed it or a part of it: {@code nft flush ruleset}, a
 * firewall service that starts anew. The kernel tells; nothing is asked in between.
 */
public final class FirewallWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FirewallWatch.class);

    private final Firewall firewall;
    private final NfTables tables;
    private final NfTablesWatch watch;
    private final Executor workers;
    private final EventLoop.Registration registration;
    private final AtomicBoolean underWay = new AtomicBoolean();

    private FirewallWatch(Firewall firewall, NfTables tables, NfTablesWatch watch, EventLoop loop, Executor workers)
            throws ErrnoException {
        this.firewall = firewall;
        this.tables = tables;
        this.watch = watch;
        this.workers = workers;
        registration = loop.register(watch.fd(), EventCalls.EPOLLIN, events -> changed());
    }

    /**
     * Begins to watch the network namespace of the calling thread, which must be the firewall's.
     *
     * @param workers to write the firewall on
     * @return empty where there is nothing to watch
     */
    public static Optional<FirewallWatch> start(Linux linux, Firewall firewall, EventLoop loop, Executor workers)
            throws ErrnoException {
        NfTables tables = firewall.tables();
        if (tables == null) {
            return Optional.empty();
        }
        NfTablesWatch watch = NfTablesWatch.open(linux);
        try {
            return Optional.of(new FirewallWatch(firewall, tables, watch, loop, workers));
        } catch (ErrnoException | RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    /** Ends the watch; call it before the loop is closed. */
    @Override
    public void close() {
        registration.close();
        watch.close();
    }

    /** On the loop's thread. */
    private void changed() {
        try {
            if (watch.removedByOthers(firewall.table(), tables.portId()) && underWay.compareAndSet(false, true)) {
                workers.execute(this::reassert);
            }
        } catch (ErrnoException e) {
            log.error("cannot watch the firewall any more: {}", e.getMessage());
            registration.close();
        }
    }

    private void reassert() {
        underWay.set(false);
        try {
            firewall.reassert();
        } catch (NetworkException e) {
            log.error("cannot write the firewall again: {}", e.getMessage());
        }
    }
}

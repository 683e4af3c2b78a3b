package dev.jcompose.network.dns;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the servers outside, one after the other, until one has an answer. A server that did not answer is asked last
 * for a while. Used on its event loop only.
 */
final class Forwarder {
    private static final int ATTEMPTS = 3;
    private static final long DOWN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final EventLoop loop;
    private final Upstream udp;
    private final Upstream tcp;
    private final LongSupplier nanoTime;
    private final Map<InetSocketAddress, Long> downUntil = new HashMap<>();

    Forwarder(EventLoop loop, Upstream udp, Upstream tcp, LongSupplier nanoTime) {
        this.loop = loop;
        this.udp = udp;
        this.tcp = tcp;
        this.nanoTime = nanoTime;
    }

    /**
     * Passes a query on.
     *
     * @param servers at least one
     * @param overTcp whether the client asked over TCP; the servers are then asked that way too
     * @param maxBytes how long an answer the client takes
     * @param done called once, with the answer under any id, or null when there is none
     */
    void forward(
            RawMessage query,
            List<InetSocketAddress> servers,
            boolean overTcp,
            int maxBytes,
            Consumer<byte @Nullable []> done) {
        new Attempts(query, inOrder(servers), overTcp, maxBytes, done).next();
    }

    private List<InetSocketAddress> inOrder(List<InetSocketAddress> servers) {
        long now = nanoTime.getAsLong();
        downUntil.values().removeIf(until -> until - now <= 0);
        List<InetSocketAddress> ordered = new ArrayList<>(servers);
        ordered.sort((a, b) -> Boolean.compare(downUntil.containsKey(a), downUntil.containsKey(b)));
        return ordered;
    }

    private final class Attempts {
        private final RawMessage query;
        private final List<InetSocketAddress> servers;
        private final boolean overTcp;
        private final int maxBytes;
        private final Consumer<byte @Nullable []> done;
        private final Set<InetSocketAddress> unwilling = new HashSet<>();
        private int attempt;
        private byte @Nullable [] refusal;

        private Attempts(
                RawMessage query,
                List<InetSocketAddress> servers,
                boolean overTcp,
                int maxBytes,
                Consumer<byte @Nullable []> done) {
            this.query = query;
            this.servers = servers;
            this.overTcp = overTcp;
            this.maxBytes = maxBytes;
            this.done = done;
        }

        private void next() {
            while (attempt < Math.max(ATTEMPTS, servers.size())) {
                InetSocketAddress server = servers.get(attempt++ % servers.size());
                if (!unwilling.contains(server)) {
                    (overTcp ? tcp : udp).ask(loop, server, query).addListener((Future<byte[]> result) -> {
                        if (result.isSuccess()) {
                            answered(server, result.getNow());
                        } else {
                            downUntil.put(server, nanoTime.getAsLong() + DOWN_NANOS);
                            next();
                        }
                    });
                    return;
                }
            }
            done.accept(refusal);
        }

        private void answered(InetSocketAddress server, byte[] answer) {
            int code = RawMessage.responseCode(answer);
            if (code == ResponseCode.SERVFAIL.number() || code == ResponseCode.REFUSED.number()) {
                unwilling.add(server);
                refusal = answer;
                next();
            } else if (RawMessage.isTruncated(answer) && !overTcp) {
                tcp.ask(loop, server, query).addListener((Future<byte[]> whole) -> {
                    boolean fits = whole.isSuccess() && whole.getNow().length <= maxBytes;
                    finish(fits ? whole.getNow() : answer);
                });
            } else {
                finish(answer);
            }
        }

        private void finish(byte[] answer) {
            done.accept(answer.length <= maxBytes ? answer : query.shortened(answer));
        }
    }
}

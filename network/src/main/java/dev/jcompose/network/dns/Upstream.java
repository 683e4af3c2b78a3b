package dev.jcompose.network.dns;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;

/** One question to one server outside, over one transport. */
@FunctionalInterface
interface Upstream {

    /**
     * Asks once. Call it on {@code loop}, where the result comes too; what does not answer this very query is passed
     * over.
     *
     * @return the answer with an id of its own, or a failure: no connection, or no answer in time
     */
    Future<byte[]> ask(EventLoop loop, InetSocketAddress server, RawMessage query);
}

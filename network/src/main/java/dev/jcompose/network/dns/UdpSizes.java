package dev.jcompose.network.dns;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** How much room there is for UDP messages. What is longer when it is received is cut, and then malformed. */
final class UdpSizes {
    /** A query holds one name of up to 255 bytes and an option or two; an answer that is longer leaves by itself. */
    static final int QUERY_BYTES = 1536;

    /** A burst, received with one system call. */
    static final int QUERIES = 64;

    /** The largest that any client asks for in practice, and that is sent without TCP. */
    static final RecvByteBufAllocator ANSWERS = new FixedRecvByteBufAllocator(8192);

    private UdpSizes() {}
}

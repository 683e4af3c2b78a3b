package dev.jcompose.network.dns;

import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/** How much room there is to receive one UDP message; what is longer is cut, and then malformed. */
final class UdpSizes {
    /** A query holds one name of up to 255 bytes and an option or two. */
    static final int QUERY_BYTES = 1536;

    /** Room for a burst, received with one system call. */
    static final RecvByteBufAllocator QUERIES = new FixedRecvByteBufAllocator(16 * QUERY_BYTES);

    /** How much may wait to be sent before answers are dropped. */
    static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(128 * 1024, 256 * 1024);

    /** The largest that any client asks for in practice, and that is sent without TCP. */
    static final RecvByteBufAllocator ANSWERS = new FixedRecvByteBufAllocator(8192);

    private UdpSizes() {}
}

package dev.jcompose.network.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers the queries of one container. Used on its event loop only, but for {@link #view(DnsView)}. */
final class ContainerResolver {
    /** Each costs a descriptor; a container that has more under way at once is told so. */
    static final int MAX_IN_FLIGHT = 256;

    private static final int MAX_TCP_BYTES = 65_535;
    private static final int USUAL_ANSWER_BYTES = 256;
    private static final int RESPONSE = 0x8000;
    private static final int CLASS_IN = 1;
    private static final int CLASS_ANY = 255;

    private final Supplier<DnsZones> zones;
    private final HostResolvers hostResolvers;
    private final Forwarder forwarder;
    private volatile DnsView view;
    private int turn;
    private int inFlight;

    ContainerResolver(Supplier<DnsZones> zones, HostResolvers hostResolvers, Forwarder forwarder, DnsView view) {
        this.zones = zones;
        this.hostResolvers = hostResolvers;
        this.forwarder = forwarder;
        this.view = view;
    }

    /** Replaces the view, from any thread. */
    void view(DnsView replacement) {
        view = replacement;
    }

    /**
     * Answers a message, now or later; one that deserves no answer (too short for a header, or itself an answer) gets
     * none.
     *
     * @param message stays the caller's; it is not used after the return
     * @param reply takes over the answer it is given
     */
    void resolve(ByteBuf message, boolean tcp, ByteBufAllocator allocator, Consumer<ByteBuf> reply) {
        int start = message.readerIndex();
        if (message.readableBytes() < DnsQuery.HEADER_BYTES || (message.getUnsignedShort(start + 2) & RESPONSE) != 0) {
            return;
        }
        DnsQuery query;
        try {
            query = DnsQuery.parse(message);
        } catch (MalformedQueryException e) {
            ByteBuf out = allocator.ioBuffer(DnsQuery.HEADER_BYTES);
            ResponseWriter.malformed(out, message);
            reply.accept(out);
            return;
        }
        int maxBytes = tcp ? MAX_TCP_BYTES : query.udpBytes();
        if (query.opcode() != 0) {
            empty(message, query, ResponseCode.NOTIMP, allocator, reply);
        } else if (query.ednsVersion() != 0) {
            empty(message, query, ResponseCode.BADVERS, allocator, reply);
        } else if (!isOrdinary(query)) {
            empty(message, query, ResponseCode.REFUSED, allocator, reply);
        } else {
            answer(message, query, tcp, maxBytes, allocator, reply);
        }
    }

    /** Why a name is answered as it is, in words; from any thread. */
    List<String> reasons(String name, int type) {
        return new Reasons(zones.get(), view, hostResolvers.current().servers()).of(name, type);
    }

    private void answer(
            ByteBuf message,
            DnsQuery query,
            boolean tcp,
            int maxBytes,
            ByteBufAllocator allocator,
            Consumer<ByteBuf> reply) {
        DnsView current = view;
        DnsAnswer answer = zones.get().lookup(current, query.name(), query.type(), turn++);
        if (answer instanceof DnsAnswer.Addresses found) {
            ByteBuf out = allocator.ioBuffer(USUAL_ANSWER_BYTES);
            ResponseWriter.addresses(out, message, query, found.addresses(), maxBytes);
            reply.accept(out);
        } else if (answer instanceof DnsAnswer.Pointer pointer) {
            ByteBuf out = allocator.ioBuffer(USUAL_ANSWER_BYTES);
            ResponseWriter.pointer(out, message, query, pointer.name());
            reply.accept(out);
        } else if (answer instanceof DnsAnswer.Services services) {
            ByteBuf out = allocator.ioBuffer(USUAL_ANSWER_BYTES);
            ResponseWriter.services(out, message, query, services, maxBytes);
            reply.accept(out);
        } else if (answer instanceof DnsAnswer.NoData) {
            empty(message, query, ResponseCode.NOERROR, allocator, reply);
        } else if (answer instanceof DnsAnswer.NoSuchName) {
            empty(message, query, ResponseCode.NXDOMAIN, allocator, reply);
        } else if (inFlight >= MAX_IN_FLIGHT) {
            empty(message, query, ResponseCode.REFUSED, allocator, reply);
        } else {
            forward(message, query, current, tcp, maxBytes, reply);
        }
    }

    private void forward(
            ByteBuf message, DnsQuery query, DnsView current, boolean tcp, int maxBytes, Consumer<ByteBuf> reply) {
        List<InetSocketAddress> servers = current.servers().isEmpty()
                ? hostResolvers.current().servers()
                : current.servers().subList(0, Math.min(3, current.servers().size()));
        byte[] bytes = ByteBufUtil.getBytes(message);
        inFlight++;
        forwarder.forward(new RawMessage(bytes, query.questionEnd()), servers, tcp, maxBytes, answer -> {
            inFlight--;
            if (answer == null) {
                empty(Unpooled.wrappedBuffer(bytes), query, ResponseCode.SERVFAIL, ByteBufAllocator.DEFAULT, reply);
            } else {
                reply.accept(Unpooled.wrappedBuffer(RawMessage.withId(answer, query.id())));
            }
        });
    }

    /** Zone transfers and other classes than the internet's are nothing for a resolver. */
    private static boolean isOrdinary(DnsQuery query) {
        return (query.dnsClass() == CLASS_IN || query.dnsClass() == CLASS_ANY)
                && query.type() != RecordType.AXFR
                && query.type() != RecordType.IXFR;
    }

    private static void empty(
            ByteBuf message, DnsQuery query, ResponseCode code, ByteBufAllocator allocator, Consumer<ByteBuf> reply) {
        ByteBuf out = allocator.ioBuffer(USUAL_ANSWER_BYTES);
        ResponseWriter.empty(out, message, query, code);
        reply.accept(out);
    }
}

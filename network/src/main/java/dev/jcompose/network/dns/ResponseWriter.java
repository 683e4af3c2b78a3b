package dev.jcompose.network.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.util.List;

/** Writes answers to one query: the header, the question byte for byte as it came, and the records. */
final class ResponseWriter {
    private static final int TTL_SECONDS = 2;
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_AVAILABLE = 0x0080;
    /** Opcode and "recursion desired", which an answer repeats. */
    private static final int REPEATED_FLAGS = 0x7900;

    private static final int CLASS_IN = 1;
    private static final int POINTER_TO_QUESTION = 0xc000 | DnsQuery.HEADER_BYTES;
    private static final int OPT_BYTES = 11;
    /** Priority, weight and port, 16 bits each. */
    private static final int SRV_BYTES = 6;

    private static final int OWN_UDP_BYTES = 1232;
    private static final int ANSWER_COUNT_AT = 6;
    private static final int FLAGS_AT = 2;

    private ResponseWriter() {}

    /**
     * Writes addresses, as many as fit; if not all do, the answer says that it is truncated.
     *
     * @param maxBytes how long the answer may be
     */
    static void addresses(ByteBuf out, ByteBuf message, DnsQuery query, List<InetAddress> addresses, int maxBytes) {
        int start = out.writerIndex();
        begin(out, message, query, ResponseCode.NOERROR);
        int room = maxBytes - (query.edns() ? OPT_BYTES : 0);
        int count = 0;
        for (InetAddress address : addresses) {
            byte[] bytes = address.getAddress();
            if (out.writerIndex() - start + 12 + bytes.length > room) {
                out.setShort(start + FLAGS_AT, out.getShort(start + FLAGS_AT) | TRUNCATED);
                break;
            }
            record(out, query.type(), bytes);
            count++;
        }
        out.setShort(start + ANSWER_COUNT_AT, count);
        option(out, query, ResponseCode.NOERROR);
    }

    /** Writes the name of an address. */
    static void pointer(ByteBuf out, ByteBuf message, DnsQuery query, String name) {
        int start = out.writerIndex();
        begin(out, message, query, ResponseCode.NOERROR);
        record(out, RecordType.PTR, wire(name));
        out.setShort(start + ANSWER_COUNT_AT, 1);
        option(out, query, ResponseCode.NOERROR);
    }

    /**
     * Writes where a service is, all with the same priority and weight, as many as fit.
     *
     * @param maxBytes how long the answer may be
     */
    static void services(ByteBuf out, ByteBuf message, DnsQuery query, DnsAnswer.Services services, int maxBytes) {
        int start = out.writerIndex();
        begin(out, message, query, ResponseCode.NOERROR);
        int room = maxBytes - (query.edns() ? OPT_BYTES : 0);
        int count = 0;
        for (String target : services.targets()) {
            byte[] name = wire(target);
            if (out.writerIndex() - start + 12 + SRV_BYTES + name.length > room) {
                out.setShort(start + FLAGS_AT, out.getShort(start + FLAGS_AT) | TRUNCATED);
                break;
            }
            byte[] data = new byte[SRV_BYTES + name.length];
            data[4] = (byte) (services.port() >> 8);
            data[5] = (byte) services.port();
            System.arraycopy(name, 0, data, SRV_BYTES, name.length);
            record(out, RecordType.SRV, data);
            count++;
        }
        out.setShort(start + ANSWER_COUNT_AT, count);
        option(out, query, ResponseCode.NOERROR);
    }

    /** Writes an answer without records. */
    static void empty(ByteBuf out, ByteBuf message, DnsQuery query, ResponseCode code) {
        begin(out, message, query, code);
        option(out, query, code);
    }

    /** Writes "malformed" to a message of which nothing but the header can be relied on. */
    static void malformed(ByteBuf out, ByteBuf message) {
        int start = message.readerIndex();
        out.writeShort(message.getShort(start));
        int repeated = message.getUnsignedShort(start + FLAGS_AT) & REPEATED_FLAGS;
        out.writeShort(RESPONSE | RECURSION_AVAILABLE | repeated | ResponseCode.FORMERR.number());
        out.writeLong(0);
    }

    private static void begin(ByteBuf out, ByteBuf message, DnsQuery query, ResponseCode code) {
        boolean ours = code == ResponseCode.NOERROR || code == ResponseCode.NXDOMAIN;
        out.writeShort(query.id());
        out.writeShort(RESPONSE
                | (ours ? AUTHORITATIVE : 0)
                | RECURSION_AVAILABLE
                | (query.flags() & REPEATED_FLAGS)
                | (code.number() & 0xf));
        out.writeShort(1);
        out.writeShort(0);
        out.writeShort(0);
        out.writeShort(query.edns() ? 1 : 0);
        out.writeBytes(
                message, message.readerIndex() + DnsQuery.HEADER_BYTES, query.questionEnd() - DnsQuery.HEADER_BYTES);
    }

    private static void record(ByteBuf out, int type, byte[] data) {
        out.writeShort(POINTER_TO_QUESTION);
        out.writeShort(type);
        out.writeShort(CLASS_IN);
        out.writeInt(TTL_SECONDS);
        out.writeShort(data.length);
        out.writeBytes(data);
    }

    private static void option(ByteBuf out, DnsQuery query, ResponseCode code) {
        if (query.edns()) {
            out.writeByte(0);
            out.writeShort(RecordType.OPT);
            out.writeShort(OWN_UDP_BYTES);
            out.writeInt((code.number() >> 4) << 24);
            out.writeShort(0);
        }
    }

    private static byte[] wire(String name) {
        byte[] bytes = ("." + name + ".").getBytes(ISO_8859_1);
        int dot = 0;
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] == '.') {
                bytes[dot] = (byte) (i - dot - 1);
                dot = i;
            }
        }
        bytes[dot] = 0;
        return bytes;
    }
}

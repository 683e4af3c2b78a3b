package dev.jcompose.network.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The parts of a query that an answer depends on.
 *
 * @param id the client's number for it
 * @param flags the second 16 bits of the header
 * @param name the name asked for, without a dot at its end; dots and backslashes inside a label are escaped
 * @param type number of the record type
 * @param dnsClass 1 for the internet
 * @param questionEnd where the question ends, counted from the start of the message
 * @param edns whether the client speaks EDNS
 * @param ednsVersion its version of it, 0 to 255
 * @param udpBytes how long an answer over UDP may be
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4">RFC 1035, 4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6891">RFC 6891, EDNS(0)</a>
 */
record DnsQuery(
        int id,
        int flags,
        String name,
        int type,
        int dnsClass,
        int questionEnd,
        boolean edns,
        int ednsVersion,
        int udpBytes) {
    static final int HEADER_BYTES = 12;

    private static final int CLASSIC_UDP_BYTES = 512;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_LABEL_BYTES = 63;
    private static final int MAX_ADDITIONAL = 16;

    /** What kind of request it is; 0 is an ordinary query. */
    int opcode() {
        return (flags >> 11) & 0xf;
    }

    /**
     * Reads a message from its reader index to its end, and leaves the indices as they are.
     *
     * @throws MalformedQueryException if it is shorter than it says, or has not exactly one question
     */
    static DnsQuery parse(ByteBuf message) throws MalformedQueryException {
        try {
            return read(message.slice());
        } catch (IndexOutOfBoundsException e) {
            throw new MalformedQueryException("message ends early");
        }
    }

    /**
     * A query as a client would send it, with recursion desired.
     *
     * @param name without a dot at its end
     * @throws IllegalArgumentException if it cannot be a name
     */
    static byte[] write(String name, int type) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + MAX_NAME_BYTES + 4);
        out.putShort((short) 0).putShort((short) RECURSION_DESIRED).putShort((short) 1);
        out.putShort((short) 0).putInt(0);
        for (String label : name.isEmpty() ? new String[0] : name.split("\\.", -1)) {
            byte[] bytes = label.getBytes(ISO_8859_1);
            if (bytes.length == 0 || bytes.length > MAX_LABEL_BYTES || out.remaining() < bytes.length + 6) {
                throw new IllegalArgumentException("\"%s\" is not a domain name".formatted(name));
            }
            out.put((byte) bytes.length).put(bytes);
        }
        out.put((byte) 0).putShort((short) type).putShort((short) 1);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static DnsQuery read(ByteBuf in) throws MalformedQueryException {
        int id = in.readUnsignedShort();
        int flags = in.readUnsignedShort();
        int questions = in.readUnsignedShort();
        int answers = in.readUnsignedShort();
        int authorities = in.readUnsignedShort();
        int additional = in.readUnsignedShort();
        if (questions != 1) {
            throw new MalformedQueryException(questions + " questions");
        }
        String name = readName(in);
        int type = in.readUnsignedShort();
        int dnsClass = in.readUnsignedShort();
        int questionEnd = in.readerIndex();
        // A query has records in its additional section only; where others come first, it is not ours to look behind
        // them.
        if (answers == 0 && authorities == 0) {
            for (int i = 0; i < Math.min(additional, MAX_ADDITIONAL); i++) {
                skipName(in);
                int recordType = in.readUnsignedShort();
                int size = in.readUnsignedShort();
                int extension = in.readInt();
                in.skipBytes(in.readUnsignedShort());
                if (recordType == RecordType.OPT) {
                    return new DnsQuery(
                            id,
                            flags,
                            name,
                            type,
                            dnsClass,
                            questionEnd,
                            true,
                            (extension >> 16) & 0xff,
                            Math.max(CLASSIC_UDP_BYTES, size));
                }
            }
        }
        return new DnsQuery(id, flags, name, type, dnsClass, questionEnd, false, 0, CLASSIC_UDP_BYTES);
    }

    private static String readName(ByteBuf in) throws MalformedQueryException {
        StringBuilder name = new StringBuilder(32);
        int bytes = 1;
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
            bytes += length + 1;
            if (length > MAX_LABEL_BYTES || bytes > MAX_NAME_BYTES) {
                throw new MalformedQueryException("name is too long or compressed");
            }
            if (name.length() > 0) {
                name.append('.');
            }
            CharSequence label = in.readCharSequence(length, ISO_8859_1);
            for (int i = 0; i < length; i++) {
                char c = label.charAt(i);
                if (c == '.' || c == '\\') {
                    name.append('\\');
                }
                name.append(c);
            }
        }
        return name.toString();
    }

    private static void skipName(ByteBuf in) {
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
            if (length > MAX_LABEL_BYTES) {
                in.skipBytes(1);
                return;
            }
            in.skipBytes(length);
        }
    }
}

package dev.jcompose.network.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The parts of a query that an answer depends on.
 *
 * @param id the client's number for it
 * @param flags the second 16 bits of the header
 * @param questionEnd where the question ends, counted from the start of the message
 * @param edns whether the client speaks EDNS
 * @param ednsVersion its version of it, 0 to 255
 * @param udpBytes how long an answer over UDP may be
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4">RFC 1035, 4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6891">RFC 6891, EDNS(0)</a>
 */
record DnsQuery(int id, int flags, Question question, int questionEnd, boolean edns, int ednsVersion, int udpBytes) {
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
     * Reads a message.
     *
     * @param message begins with it
     * @param length of the message, at least that of a header
     * @throws MalformedQueryException if it is shorter than it says, or has not exactly one question
     */
    static DnsQuery parse(byte[] message, int length) throws MalformedQueryException {
        ByteBuffer in = ByteBuffer.wrap(message, 0, length);
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort() & 0xffff;
        int others = in.getInt();
        int additional = in.getShort() & 0xffff;
        if (questions != 1) {
            throw new MalformedQueryException(questions + " questions");
        }
        int questionEnd = endOfName(message, length) + 4;
        if (questionEnd > length) {
            throw new MalformedQueryException("message ends early");
        }
        Question question = new Question(message, questionEnd);
        // A query has records in its additional section only; where others come first, it is not ours to look behind
        // them.
        if (others == 0 && additional > 0) {
            try {
                in.position(questionEnd);
                for (int i = 0; i < Math.min(additional, MAX_ADDITIONAL); i++) {
                    skipName(in);
                    int recordType = in.getShort() & 0xffff;
                    int size = Math.max(CLASSIC_UDP_BYTES, in.getShort() & 0xffff);
                    int version = (in.getInt() >> 16) & 0xff;
                    skip(in, in.getShort() & 0xffff);
                    if (recordType == RecordType.OPT) {
                        return new DnsQuery(id, flags, question, questionEnd, true, version, size);
                    }
                }
            } catch (BufferUnderflowException e) {
                throw new MalformedQueryException("message ends early");
            }
        }
        return new DnsQuery(id, flags, question, questionEnd, false, 0, CLASSIC_UDP_BYTES);
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

    private static int endOfName(byte[] message, int length) throws MalformedQueryException {
        int at = HEADER_BYTES;
        while (at < length && message[at] != 0) {
            if ((message[at] & 0xff) > MAX_LABEL_BYTES) {
                throw new MalformedQueryException("name is compressed");
            }
            at += message[at] + 1;
        }
        if (at >= length || at - HEADER_BYTES >= MAX_NAME_BYTES) {
            throw new MalformedQueryException("name is too long");
        }
        return at + 1;
    }

    private static void skipName(ByteBuffer in) {
        for (int length = in.get() & 0xff; length > 0; length = in.get() & 0xff) {
            if (length > MAX_LABEL_BYTES) {
                skip(in, 1);
                return;
            }
            skip(in, length);
        }
    }

    private static void skip(ByteBuffer in, int bytes) {
        if (bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + bytes);
    }
}

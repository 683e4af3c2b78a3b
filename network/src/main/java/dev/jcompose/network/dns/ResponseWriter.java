package dev.jcompose.network.dns;

import java.util.Arrays;

/**
 * Writes answers, each over the one before: the header, the question byte for byte as it came, and the records. Not
 * thread-safe.
 */
final class ResponseWriter {
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_AVAILABLE = 0x0080;
    /** Opcode and "recursion desired", which an answer repeats. */
    private static final int REPEATED_FLAGS = 0x7900;

    private static final int FLAGS_AT = 2;
    private static final int QUESTIONS_AT = 4;
    private static final int ANSWERS_AT = 6;
    private static final int AUTHORITIES_AT = 8;
    private static final int ADDITIONAL_AT = 10;
    private static final int OPT_BYTES = 11;
    private static final int OWN_UDP_BYTES = 1232;
    private static final int USUAL_BYTES = 512;

    private byte[] bytes = new byte[USUAL_BYTES];

    /** What was written begins here. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Writes as many records as fit; if not all do, the answer says that it is truncated.
     *
     * @param message begins with the query
     * @param maxBytes how long the answer may be
     * @return how long it is
     */
    int write(byte[] message, DnsQuery query, EncodedAnswer answer, int maxBytes) {
        boolean ours = answer.code() == ResponseCode.NOERROR || answer.code() == ResponseCode.NXDOMAIN;
        int flags = RESPONSE
                | (ours ? AUTHORITATIVE : 0)
                | RECURSION_AVAILABLE
                | (query.flags() & REPEATED_FLAGS)
                | (answer.code().number() & 0xf);
        int at = query.questionEnd();
        require(at);
        System.arraycopy(message, 0, bytes, 0, at);
        int room = maxBytes - (query.edns() ? OPT_BYTES : 0);
        int count = 0;
        while (count < answer.size()) {
            byte[] record = answer.record(count);
            if (at + record.length > room) {
                flags |= TRUNCATED;
                break;
            }
            require(at + record.length);
            System.arraycopy(record, 0, bytes, at, record.length);
            at += record.length;
            count++;
        }
        answer.rotate();
        header(flags, 1, count, query.edns() ? 1 : 0);
        return query.edns() ? option(at, answer.code()) : at;
    }

    /** Writes "malformed" to a message of which nothing but the header can be relied on. */
    int malformed(byte[] message) {
        System.arraycopy(message, 0, bytes, 0, FLAGS_AT);
        int repeated = ((message[FLAGS_AT] & 0xff) << 8 | (message[FLAGS_AT + 1] & 0xff)) & REPEATED_FLAGS;
        header(RESPONSE | RECURSION_AVAILABLE | repeated | ResponseCode.FORMERR.number(), 0, 0, 0);
        return DnsQuery.HEADER_BYTES;
    }

    private void header(int flags, int questions, int answers, int additional) {
        number(FLAGS_AT, flags);
        number(QUESTIONS_AT, questions);
        number(ANSWERS_AT, answers);
        number(AUTHORITIES_AT, 0);
        number(ADDITIONAL_AT, additional);
    }

    private int option(int at, ResponseCode code) {
        require(at + OPT_BYTES);
        bytes[at] = 0;
        number(at + 1, RecordType.OPT);
        number(at + 3, OWN_UDP_BYTES);
        number(at + 5, code.number() >> 4 << 8);
        number(at + 7, 0);
        number(at + 9, 0);
        return at + OPT_BYTES;
    }

    private void number(int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    private void require(int length) {
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
        }
    }
}

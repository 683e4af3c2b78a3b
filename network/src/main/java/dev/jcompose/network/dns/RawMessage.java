package dev.jcompose.network.dns;

import java.util.Arrays;

/**
 * A message that is passed on as it is: of an answer from outside, only what is needed to know whose it is and whether
 * to believe it is looked at, so that record types and extensions that jcompose does not know survive.
 */
final class RawMessage {
    private static final int RESPONSE = 0x80;
    private static final int TRUNCATED = 0x02;

    private final byte[] bytes;
    private final int questionEnd;

    /** Takes over a query's bytes. */
    RawMessage(byte[] query, int questionEnd) {
        this.bytes = query;
        this.questionEnd = questionEnd;
    }

    /** The query with another id, as bytes of its own. */
    byte[] withId(int id) {
        return withId(bytes, id);
    }

    /** Whether {@code answer} answers this query when that was sent under {@code id}. */
    boolean isAnsweredBy(byte[] answer, int id) {
        if (answer.length < DnsQuery.HEADER_BYTES
                || ((answer[0] & 0xff) << 8 | (answer[1] & 0xff)) != id
                || (answer[2] & RESPONSE) == 0) {
            return false;
        }
        boolean withoutQuestion = answer[4] == 0 && answer[5] == 0;
        if (withoutQuestion) {
            return responseCode(answer) != ResponseCode.NOERROR.number();
        }
        if (answer.length < questionEnd) {
            return false;
        }
        for (int i = DnsQuery.HEADER_BYTES; i < questionEnd; i++) {
            if (lowerCase(answer[i]) != lowerCase(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /** The head of {@code answer} with its question and nothing else, marked as truncated. */
    byte[] shortened(byte[] answer) {
        byte[] head = Arrays.copyOf(answer, Math.min(answer.length, questionEnd));
        head[2] |= TRUNCATED;
        Arrays.fill(head, 6, DnsQuery.HEADER_BYTES, (byte) 0);
        return head;
    }

    static byte[] withId(byte[] message, int id) {
        byte[] copy = message.clone();
        copy[0] = (byte) (id >> 8);
        copy[1] = (byte) id;
        return copy;
    }

    static boolean isTruncated(byte[] answer) {
        return (answer[2] & TRUNCATED) != 0;
    }

    static int responseCode(byte[] answer) {
        return answer[3] & 0xf;
    }

    private static int lowerCase(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
}

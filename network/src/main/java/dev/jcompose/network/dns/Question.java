package dev.jcompose.network.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * What a query asks for: the name, the type and the class, as they are in the message but for the case of letters, so
 * that questions with the same answer are equal.
 */
final class Question {
    private static final int TYPE_AND_CLASS_BYTES = 4;

    private final byte[] wire;

    /** @param end where the question ends, counted from the start of a message in which it is well-formed */
    Question(byte[] message, int end) {
        wire = Arrays.copyOfRange(message, DnsQuery.HEADER_BYTES, end);
        // Lengths of labels are less than any letter.
        for (int i = 0; i < wire.length - TYPE_AND_CLASS_BYTES; i++) {
            if (wire[i] >= 'A' && wire[i] <= 'Z') {
                wire[i] = (byte) (wire[i] - 'A' + 'a');
            }
        }
    }

    /** The name, without a dot at its end; dots and backslashes inside a label are escaped. */
    String name() {
        StringBuilder name = new StringBuilder(wire.length);
        for (int at = 0; wire[at] != 0; at += wire[at] + 1) {
            String label = new String(wire, at + 1, wire[at], ISO_8859_1);
            name.append(at == 0 ? "" : ".").append(label.replace("\\", "\\\\").replace(".", "\\."));
        }
        return name.toString();
    }

    /** The number of the record type. */
    int type() {
        return number(TYPE_AND_CLASS_BYTES);
    }

    /** 1 for the internet. */
    int dnsClass() {
        return number(2);
    }

    private int number(int beforeEnd) {
        int at = wire.length - beforeEnd;
        return (wire[at] & 0xff) << 8 | (wire[at + 1] & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Question question && Arrays.equals(wire, question.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    @Override
    public String toString() {
        return name() + " TYPE" + type();
    }
}

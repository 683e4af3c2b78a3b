package dev.jcompose.network.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the answers of a message for people; of record types that it does not know it gives the length. */
final class AnswerReader {
    private static final Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(RecordType.A, "A"),
            Map.entry(RecordType.NS, "NS"),
            Map.entry(5, "CNAME"),
            Map.entry(RecordType.SOA, "SOA"),
            Map.entry(RecordType.PTR, "PTR"),
            Map.entry(15, "MX"),
            Map.entry(16, "TXT"),
            Map.entry(RecordType.AAAA, "AAAA"),
            Map.entry(RecordType.SRV, "SRV"),
            Map.entry(64, "SVCB"),
            Map.entry(65, "HTTPS"),
            Map.entry(257, "CAA"));
    private static final List<String> CODES =
            List.of("NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED");
    /** More labels and references than a name can have. */
    private static final int MAX_STEPS = 255;

    private final ByteBuffer message;

    AnswerReader(byte[] message) {
        this.message = ByteBuffer.wrap(message);
    }

    /**
     * The number of a record type.
     *
     * @param word its name, or {@code TYPE} and its number
     * @throws IllegalArgumentException if it is neither
     */
    static int type(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        for (Map.Entry<Integer, String> type : TYPES.entrySet()) {
            if (type.getValue().equals(upper)) {
                return type.getKey();
            }
        }
        if (upper.matches("TYPE\\d{1,5}") && Integer.parseInt(upper.substring(4)) <= 0xffff) {
            return Integer.parseInt(upper.substring(4));
        }
        throw new IllegalArgumentException("record type \"%s\" is none of %s, TYPE0 to TYPE65535"
                .formatted(
                        word, String.join(", ", TYPES.values().stream().sorted().toList())));
    }

    /** The response code's name. */
    String code() {
        int code = RawMessage.responseCode(message.array());
        return code < CODES.size() ? CODES.get(code) : "RCODE" + code;
    }

    /** The records of the answer section; as far as it is well-formed. */
    List<String> records() {
        List<String> records = new ArrayList<>();
        try {
            int count = message.getShort(6) & 0xffff;
            message.position(DnsQuery.HEADER_BYTES);
            for (int i = message.getShort(4) & 0xffff; i > 0; i--) {
                name();
                message.getInt();
            }
            for (int i = 0; i < count; i++) {
                records.add(next());
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            records.add("(the rest is not well-formed)");
        }
        return records;
    }

    private String next() {
        String name = name();
        int type = message.getShort() & 0xffff;
        message.getShort();
        long ttl = message.getInt() & 0xffffffffL;
        int length = message.getShort() & 0xffff;
        int end = message.position() + length;
        String value = value(type, length);
        message.position(end);
        return "%s %d %s %s".formatted(name, ttl, TYPES.getOrDefault(type, "TYPE" + type), value);
    }

    private String value(int type, int length) {
        return switch (TYPES.getOrDefault(type, "")) {
            case "A", "AAAA" -> address(length);
            case "NS", "CNAME", "PTR" -> name();
            case "MX" -> (message.getShort() & 0xffff) + " " + name();
            case "SRV" ->
                (message.getShort() & 0xffff) + " " + (message.getShort() & 0xffff) + " "
                        + (message.getShort() & 0xffff) + " " + name();
            case "TXT" -> "\"" + text(message.get() & 0xff) + "\"";
            default -> "(" + length + " bytes)";
        };
    }

    private String address(int length) {
        byte[] bytes = new byte[length];
        message.get(bytes);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private String text(int length) {
        byte[] bytes = new byte[length];
        message.get(bytes);
        return new String(bytes, ISO_8859_1).replaceAll("[^ -~]", "?");
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        int after = -1;
        int steps = 0;
        for (int length = message.get() & 0xff; length > 0; length = message.get() & 0xff) {
            if (length >= 0xc0) {
                int target = (length & 0x3f) << 8 | (message.get() & 0xff);
                after = after < 0 ? message.position() : after;
                message.position(target);
            } else {
                name.append(text(length)).append('.');
            }
            steps++;
            if (steps > MAX_STEPS) {
                throw new IllegalArgumentException("a name without an end");
            }
        }
        if (after >= 0) {
            message.position(after);
        }
        return name.length() == 0 ? "." : name.toString();
    }
}

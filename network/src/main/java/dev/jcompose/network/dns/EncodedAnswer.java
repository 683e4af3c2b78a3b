package dev.jcompose.network.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An answer but for what it repeats of the query: records with a name that points at the question. Successive clients
 * get them in rotated order, from a random one on. Used on one event loop only.
 */
final class EncodedAnswer {
    private static final int TTL_SECONDS = 2;
    private static final int CLASS_IN = 1;
    private static final int POINTER_TO_QUESTION = 0xc000 | DnsQuery.HEADER_BYTES;
    /** Name, type, class, time to live and length. */
    private static final int HEAD_BYTES = 12;
    /** Priority, weight and port, 16 bits each. */
    private static final int SERVICE_BYTES = 6;

    private final ResponseCode code;
    private final List<byte[]> records;
    private int first;

    private EncodedAnswer(ResponseCode code, List<byte[]> records) {
        this.code = code;
        this.records = records;
        this.first = records.isEmpty() ? 0 : ThreadLocalRandom.current().nextInt(records.size());
    }

    ResponseCode code() {
        return code;
    }

    /** How many records there are. */
    int size() {
        return records.size();
    }

    /** A record that is so far behind the first one. */
    byte[] record(int distance) {
        return records.get((first + distance) % records.size());
    }

    /** Gives the next client another first record. */
    void rotate() {
        first = records.isEmpty() ? 0 : (first + 1) % records.size();
    }

    /** An answer without records. */
    static EncodedAnswer empty(ResponseCode code) {
        return new EncodedAnswer(code, List.of());
    }

    /** The addresses of a name. */
    static EncodedAnswer of(DnsAnswer.Addresses found, int type) {
        return found(found.addresses().stream()
                .map(address -> record(type, address.getAddress()))
                .toList());
    }

    /** The name of an address. */
    static EncodedAnswer of(DnsAnswer.Pointer pointer) {
        return found(List.of(record(RecordType.PTR, wire(pointer.name()))));
    }

    /** Where a service is, all with the same priority and weight. */
    static EncodedAnswer of(DnsAnswer.Services services) {
        return found(services.targets().stream()
                .map(target -> record(RecordType.SRV, service(services.port(), wire(target))))
                .toList());
    }

    private static EncodedAnswer found(List<byte[]> records) {
        return new EncodedAnswer(ResponseCode.NOERROR, records);
    }

    private static byte[] record(int type, byte[] data) {
        return ByteBuffer.allocate(HEAD_BYTES + data.length)
                .putShort((short) POINTER_TO_QUESTION)
                .putShort((short) type)
                .putShort((short) CLASS_IN)
                .putInt(TTL_SECONDS)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    private static byte[] service(int port, byte[] target) {
        return ByteBuffer.allocate(SERVICE_BYTES + target.length)
                .putShort(4, (short) port)
                .position(SERVICE_BYTES)
                .put(target)
                .array();
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

package dev.jcompose.linux.netlink.nftables;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The type of a set's keys or a map's values: one field, or several that count together. The kernel cares for the
 * length only; the numbers are for {@code nft list}.
 *
 * @param id as in nft(8)'s {@code datatype.h}, 6 bits for each field
 * @param bytes length in a register, each of several fields filled up to 4
 */
public record KeyType(int id, int bytes) {
    public static final KeyType IPV4_ADDR = new KeyType(7, 4);
    public static final KeyType IPV6_ADDR = new KeyType(8, 16);
    public static final KeyType INET_PROTO = new KeyType(12, 1);
    public static final KeyType INET_SERVICE = new KeyType(13, 2);
    public static final KeyType IFNAME = new KeyType(41, 16);

    private static final int FIELD_BITS = 6;

    /** Several fields that count together, as in {@code ip daddr . tcp dport}. */
    public static KeyType concat(KeyType... fields) {
        int id = 0;
        int bytes = 0;
        for (KeyType field : fields) {
            id = id << FIELD_BITS | field.id;
            bytes += (field.bytes + 3) & ~3;
        }
        return new KeyType(id, bytes);
    }

    /** The value of several fields, each filled up to 4 bytes. */
    public static byte[] concat(byte[]... fields) {
        List<byte[]> parts = List.of(fields);
        ByteBuffer joined = ByteBuffer.allocate(
                parts.stream().mapToInt(part -> (part.length + 3) & ~3).sum());
        parts.forEach(part -> joined.put(Arrays.copyOf(part, (part.length + 3) & ~3)));
        return joined.array();
    }

    /** The value of an {@link #IFNAME}. */
    public static byte[] ifname(String name) {
        return Arrays.copyOf(name.getBytes(US_ASCII), IFNAME.bytes);
    }

    /** The value of an {@link #INET_SERVICE}: network order. */
    public static byte[] port(int port) {
        return new byte[] {(byte) (port >> 8), (byte) port};
    }
}

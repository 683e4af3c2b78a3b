package dev.jcompose.linux.netlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One message that the kernel sent.
 *
 * @param type {@code nlmsg_type}
 * @param sequence that of the request which it answers
 * @param payload what follows {@code nlmsghdr}: the family's fixed header and the attributes, in native order
 */
public record NetlinkMessage(int type, int flags, int sequence, ByteBuffer payload) {
    private static final int TYPE_MASK = 0x3fff;

    /** The attributes after a fixed header of {@code headerBytes}, by type; of a repeated one the last. */
    public Map<Integer, ByteBuffer> attributes(int headerBytes) {
        return attributes(payload.slice(headerBytes, payload.capacity() - headerBytes));
    }

    /** The attributes nested in another one's payload. */
    public static Map<Integer, ByteBuffer> attributes(ByteBuffer nested) {
        Map<Integer, ByteBuffer> found = new HashMap<>();
        forEach(nested, found::put);
        return found;
    }

    /** Visits attributes in their order, with their type (flags masked off) and payload. */
    public static void forEach(ByteBuffer attributes, BiConsumer<Integer, ByteBuffer> visitor) {
        ByteBuffer bytes = attributes.order(ByteOrder.nativeOrder());
        int position = 0;
        while (bytes.capacity() - position >= 4) {
            int length = bytes.getShort(position) & 0xffff;
            int type = bytes.getShort(position + 2) & TYPE_MASK;
            if (length < 4 || position + length > bytes.capacity()) {
                return;
            }
            visitor.accept(type, bytes.slice(position + 4, length - 4).order(ByteOrder.nativeOrder()));
            position += (length + 3) & ~3;
        }
    }

    /**
     * An attribute after a fixed header of {@code headerBytes}, as a number; without the cost of reading the others.
     */
    int number(int headerBytes, int type, int otherwise) {
        int position = headerBytes;
        while (payload.capacity() - position >= 8) {
            int length = payload.getShort(position) & 0xffff;
            if ((payload.getShort(position + 2) & TYPE_MASK) == type && length == 8) {
                return payload.getInt(position + 4);
            }
            if (length < 4) {
                return otherwise;
            }
            position += (length + 3) & ~3;
        }
        return otherwise;
    }

    /** A string attribute, with or without its NUL. */
    public static String string(ByteBuffer attribute) {
        byte[] bytes = bytes(attribute);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, UTF_8);
    }

    /** An attribute's payload. */
    public static byte[] bytes(ByteBuffer attribute) {
        byte[] bytes = new byte[attribute.capacity()];
        attribute.get(0, bytes);
        return bytes;
    }
}

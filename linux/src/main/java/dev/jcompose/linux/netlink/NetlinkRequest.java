package dev.jcompose.linux.netlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Builds one netlink message: {@code nlmsghdr}, the family's fixed header, then attributes padded to 4 bytes.
 *
 * <p>Knows the wire format and nothing of bridges or firewalls. Not thread-safe; sent once or many times.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
 */
public final class NetlinkRequest {
    public static final int NLM_F_REQUEST = 0x1;
    public static final int NLM_F_ACK = 0x4;
    public static final int NLM_F_REPLACE = 0x100;
    public static final int NLM_F_EXCL = 0x200;
    public static final int NLM_F_DUMP = 0x300;
    public static final int NLM_F_CREATE = 0x400;
    public static final int NLM_F_APPEND = 0x800;
    public static final int NLA_F_NESTED = 0x8000;

    static final int HEADER_BYTES = 16;

    private final Supplier<String> call;
    private ByteBuffer buffer = allocate(192);

    /**
     * @param type {@code nlmsg_type}
     * @param flags {@code NLM_F_*}; the request flag is always set
     * @param call what it does, as a person would type it for ip(8) or nft(8); asked for only on failure
     */
    public NetlinkRequest(int type, int flags, Supplier<String> call) {
        this.call = call;
        buffer.putInt(0).putShort((short) type).putShort((short) (flags | NLM_F_REQUEST));
        buffer.putLong(0);
    }

    /** Appends one byte of the fixed header. */
    public NetlinkRequest putByte(int value) {
        room(1).put((byte) value);
        return this;
    }

    /** Appends two bytes of the fixed header, in native order. */
    public NetlinkRequest putShort(int value) {
        room(2).putShort((short) value);
        return this;
    }

    /** Appends four bytes of the fixed header, in native order. */
    public NetlinkRequest putInt(int value) {
        room(4).putInt(value);
        return this;
    }

    /** Appends an attribute of raw bytes. */
    public NetlinkRequest bytes(int type, byte[] value) {
        attribute(type, value.length).put(value);
        return pad();
    }

    /** Appends an attribute of one byte. */
    public NetlinkRequest u8(int type, int value) {
        attribute(type, 1).put((byte) value);
        return pad();
    }

    /** Appends an attribute of two bytes in native order. */
    public NetlinkRequest u16(int type, int value) {
        attribute(type, 2).putShort((short) value);
        return pad();
    }

    /** Appends an attribute of four bytes in native order. */
    public NetlinkRequest u32(int type, int value) {
        attribute(type, 4).putInt(value);
        return this;
    }

    /** Appends an attribute of four bytes in network order, as netfilter has them. */
    public NetlinkRequest be32(int type, int value) {
        return u32(type, ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value));
    }

    /** Appends an attribute holding a NUL-terminated string. */
    public NetlinkRequest string(int type, String value) {
        byte[] text = value.getBytes(UTF_8);
        return bytes(type, Arrays.copyOf(text, text.length + 1));
    }

    /** Appends an attribute whose payload is what {@code body} appends. */
    public NetlinkRequest nested(int type, Consumer<NetlinkRequest> body) {
        int start = buffer.position();
        attribute(type, 0);
        body.accept(this);
        buffer.putShort(start, (short) (buffer.position() - start));
        return this;
    }

    /** The bytes so far; what a message carries is limited to 64 KiB per attribute. */
    public int length() {
        return buffer.position();
    }

    /** The whole message. */
    public byte[] finish(int sequence) {
        ByteBuffer message = ByteBuffer.allocate(length());
        writeTo(message, sequence, false);
        return message.array();
    }

    void writeTo(ByteBuffer target, int sequence, boolean acknowledged) {
        short flags = buffer.getShort(6);
        buffer.putInt(0, length());
        buffer.putShort(6, (short) (acknowledged ? flags | NLM_F_ACK : flags));
        buffer.putInt(8, sequence);
        target.put(buffer.slice(0, length()));
        buffer.putShort(6, flags);
    }

    String call() {
        return call.get();
    }

    private ByteBuffer attribute(int type, int payloadBytes) {
        return room(4 + payloadBytes).putShort((short) (4 + payloadBytes)).putShort((short) type);
    }

    private NetlinkRequest pad() {
        int padding = -buffer.position() & 3;
        room(padding);
        for (int i = 0; i < padding; i++) {
            buffer.put((byte) 0);
        }
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            buffer = allocate(2 * (buffer.capacity() + bytes)).put(buffer.flip());
        }
        return buffer;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }
}

package dev.jcompose.network;

import java.util.HexFormat;
import java.util.Locale;

/**
 * An Ethernet address of one interface.
 *
 * @param value 48 bits
 */
public record MacAddress(long value) {
    private static final int BYTES = 6;

    public MacAddress {
        if (value >>> 48 != 0 || (value >>> 40 & 1) != 0) {
            throw new IllegalArgumentException("%x is not the MAC address of one interface".formatted(value));
        }
    }

    /**
     * Reads six hexadecimal bytes with colons or dashes between them.
     *
     * @throws IllegalArgumentException if it has another form or stands for a group of interfaces
     */
    public static MacAddress parse(String text) {
        String normal = text.toLowerCase(Locale.ROOT).replace('-', ':');
        if (!normal.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}")) {
            throw new IllegalArgumentException(
                    "mac address \"%s\" is not of the form 02:42:ac:11:00:02".formatted(text));
        }
        long value = Long.parseLong(normal.replace(":", ""), 16);
        if ((value >>> 40 & 1) != 0) {
            throw new IllegalArgumentException("mac address \"%s\" stands for a group of interfaces".formatted(text));
        }
        return new MacAddress(value);
    }

    /** The same as {@link #parse}; JSON mappers look for this name. */
    public static MacAddress valueOf(String text) {
        return parse(text);
    }

    /**
     * The address that goes with an IP address. The same container has the same one again, so its neighbours' caches
     * stay right when it restarts.
     */
    public static MacAddress of(IpAddress address) {
        long suffix = address.v6() ? address.low() ^ address.high() : address.low();
        return new MacAddress(0x0242L << 32 | (suffix & 0xffffffffL));
    }

    /** A locally administered address made of a hash. */
    public static MacAddress hashed(String text) {
        return new MacAddress(0x02L << 40 | StableHash.below(text, 1L << 40));
    }

    /** Six bytes in the order on the wire. */
    public byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (value >>> (8 * (BYTES - 1 - i)));
        }
        return bytes;
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(bytes());
    }
}

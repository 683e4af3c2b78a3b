package dev.jcompose.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address. IPv4 sorts before IPv6, and each by its number.
 *
 * @param v6 the family
 * @param high the upper 64 bits, 0 for IPv4
 * @param low the lower 64 bits; of IPv4 all 32
 */
public record IpAddress(boolean v6, long high, long low) implements Comparable<IpAddress> {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    public IpAddress {
        if (!v6 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /**
     * Reads an address in its usual notation; never asks a name server.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static IpAddress parse(String text) {
        Matcher v4 = V4.matcher(text);
        if (v4.matches()) {
            long address = 0;
            for (int i = 1; i <= 4; i++) {
                int part = Integer.parseInt(v4.group(i));
                if (part > 255 || (v4.group(i).length() > 1 && v4.group(i).startsWith("0"))) {
                    throw invalid(text);
                }
                address = address << 8 | part;
            }
            return new IpAddress(false, 0, address);
        }
        try {
            if (V6.matcher(text).matches() && InetAddress.getByName(text) instanceof Inet6Address address) {
                return of(address);
            }
        } catch (UnknownHostException e) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    /** The same as {@link #parse}; JSON mappers look for this name. */
    public static IpAddress valueOf(String text) {
        return parse(text);
    }

    /** An address of the JDK; a scope is dropped. */
    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /** @param bytes 4 or 16, in network order */
    public static IpAddress of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? new IpAddress(false, 0, buffer.getInt(0) & 0xffffffffL)
                : new IpAddress(true, buffer.getLong(0), buffer.getLong(8));
    }

    /** 4 or 16 bytes in network order. */
    public byte[] bytes() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /** 32 or 128. */
    public int bits() {
        return v6 ? 128 : 32;
    }

    /** The address that many further on; wraps within the lower 64 bits of IPv6. */
    public IpAddress plus(long count) {
        return new IpAddress(v6, high, v6 ? low + count : (low + count) & 0xffffffffL);
    }

    /** Whether it is of the host itself: 127.0.0.0/8 or ::1. */
    public boolean isLoopback() {
        return v6 ? high == 0 && low == 1 : low >>> 24 == 127;
    }

    /** Whether it holds on one link only: 169.254.0.0/16 or fe80::/10. */
    public boolean isLinkLocal() {
        return v6 ? high >>> 54 == 0xfe80 >>> 6 : low >>> 16 == 0xa9fe;
    }

    /** Whether it stands for all addresses: 0.0.0.0 or ::. */
    public boolean isAny() {
        return high == 0 && low == 0;
    }

    /** For the JDK's interfaces. */
    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(bytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    @Override
    public int compareTo(IpAddress other) {
        if (v6 != other.v6) {
            return v6 ? 1 : -1;
        }
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    /** The usual notation; of IPv6 the shortest, as RFC 5952 has it. */
    @Override
    public String toString() {
        return v6 ? Ipv6Text.of(high, low) : toInetAddress().getHostAddress();
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("\"%s\" is not an IP address".formatted(text));
    }
}

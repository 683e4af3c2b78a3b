package dev.jcompose.network;

/**
 * A range of addresses that share a prefix.
 *
 * @param address its first address
 * @param prefixLength bits that are the same, 0 to 32 or 128
 */
public record Subnet(IpAddress address, int prefixLength) {

    public Subnet {
        if (prefixLength < 0 || prefixLength > address.bits()) {
            throw new IllegalArgumentException(
                    "prefix length %d of %s is not in 0..%d".formatted(prefixLength, address, address.bits()));
        }
        IpAddress first = mask(address, prefixLength);
        if (!first.equals(address)) {
            throw new IllegalArgumentException("subnet \"%s/%d\" has bits after its prefix; it should be %s/%d"
                    .formatted(address, prefixLength, first, prefixLength));
        }
    }

    /**
     * Reads {@code address/prefixLength}.
     *
     * @throws IllegalArgumentException if it has another form, or bits after the prefix
     */
    public static Subnet parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException("subnet \"%s\" is not of the form 10.1.2.0/24".formatted(text));
        }
        return new Subnet(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** The same as {@link #parse}; JSON mappers look for this name. */
    public static Subnet valueOf(String text) {
        return parse(text);
    }

    /** The subnet of that size which holds {@code address}. */
    public static Subnet around(IpAddress address, int prefixLength) {
        return new Subnet(mask(address, prefixLength), prefixLength);
    }

    /** Whether it is an IPv6 subnet. */
    public boolean v6() {
        return address.v6();
    }

    /** Whether the address is in it. */
    public boolean contains(IpAddress other) {
        return other.v6() == v6() && mask(other, prefixLength).equals(address);
    }

    /** Whether all of the other is in it. */
    public boolean contains(Subnet other) {
        return other.prefixLength >= prefixLength && contains(other.address);
    }

    /** Whether some address is in both. */
    public boolean overlaps(Subnet other) {
        return contains(other) || other.contains(this);
    }

    /** How many addresses it has; {@link Long#MAX_VALUE} for 2^63 and more. */
    public long size() {
        int bits = address.bits() - prefixLength;
        return bits >= 63 ? Long.MAX_VALUE : 1L << bits;
    }

    /** Its last address, in IPv4 the broadcast address. */
    public IpAddress last() {
        int hostBits = address.bits() - prefixLength;
        long low = address.low() | (hostBits >= 64 ? -1L : (1L << hostBits) - 1);
        long high = address.high() | (hostBits <= 64 ? 0 : hostBits == 128 ? -1L : (1L << (hostBits - 64)) - 1);
        return new IpAddress(v6(), high, low);
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }

    private static IpAddress mask(IpAddress address, int prefixLength) {
        if (!address.v6()) {
            return new IpAddress(false, 0, prefixLength == 0 ? 0 : address.low() & (-1L << (32 - prefixLength)));
        }
        long high = prefixLength == 0 ? 0 : address.high() & (-1L << Math.max(0, 64 - prefixLength));
        long low = prefixLength <= 64 ? 0 : address.low() & (-1L << (128 - prefixLength));
        return new IpAddress(true, high, low);
    }
}

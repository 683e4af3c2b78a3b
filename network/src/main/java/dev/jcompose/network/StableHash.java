package dev.jcompose.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * Hashes that are the same on every machine and in every version, for names and for first choices of addresses. Not for
 * secrets: FNV-1a with the last step of MurmurHash3, because a SHA-256 costs a cold JVM more than all else that happens
 * when a container is attached.
 *
 * @see <a href="http://www.isthe.com/chongo/tech/comp/fnv/">FNV hash</a>
 */
public final class StableHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private StableHash() {}

    /**
     * Hexadecimal digits of the hash.
     *
     * @param digits how many, 1 to 16
     */
    public static String hex(String text, int digits) {
        return HexFormat.of().toHexDigits(hash(text)).substring(0, digits);
    }

    /** A number from 0 to {@code bound} - 1. */
    public static long below(String text, long bound) {
        return Math.floorMod(hash(text), bound);
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte next : text.getBytes(UTF_8)) {
            hash = (hash ^ (next & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}

package dev.jcompose.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes that are the same on every machine and in every version, for names and for first choices of addresses. */
public final class StableHash {
    private StableHash() {}

    /** The first {@code digits} hexadecimal digits, an even number of them. */
    public static String hex(String text, int digits) {
        return HexFormat.of().formatHex(digest(text), 0, digits / 2);
    }

    /** A number from 0 to {@code bound} - 1. */
    public static long below(String text, long bound) {
        return Math.floorMod(ByteBuffer.wrap(digest(text)).getLong(8), bound);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

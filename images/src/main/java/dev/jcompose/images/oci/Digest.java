package dev.jcompose.images.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of some content: {@code ALGORITHM:HEX}.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex lower case, 64 or 128 digits
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI digests</a>
 */
public record Digest(String algorithm, String hex) {
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final Pattern HEX = Pattern.compile("[a-f0-9]+");

    public Digest {
        int digits = switch (algorithm) {
            case "sha256" -> 64;
            case "sha512" -> 128;
            default ->
                throw new IllegalArgumentException("digest algorithm '" + algorithm + "' is not sha256 or sha512");
        };
        if (hex.length() != digits || !HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("digest '" + algorithm + ":" + hex + "' does not have " + digits
                    + " lower-case hexadecimal digits");
        }
    }

    /**
     * Reads {@code ALGORITHM:HEX}.
     *
     * @throws IllegalArgumentException if it has another form
     */
    @JsonCreator
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("digest '" + text + "' is not ALGORITHM:HEX");
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** What a finished computation says; resets it. */
    public static Digest of(MessageDigest computation) {
        String algorithm = computation.getAlgorithm().replace("-", "").toLowerCase(Locale.ROOT);
        return new Digest(algorithm, HexFormat.of().formatHex(computation.digest()));
    }

    /** The SHA-256 digest of {@code content}. */
    public static Digest ofBytes(byte[] content) {
        MessageDigest sha256 = sha256();
        sha256.update(content);
        return of(sha256);
    }

    /** The SHA-256 digest of a stream, read to its end. */
    public static Digest ofStream(InputStream content) throws IOException {
        return ofStream(content, sha256());
    }

    private static Digest ofStream(InputStream content, MessageDigest computation) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int read;
        while ((read = content.read(buffer)) >= 0) {
            computation.update(buffer, 0, read);
        }
        return of(computation);
    }

    /** What a stream, read to its end, has by this digest's algorithm. */
    public Digest computedOf(InputStream content) throws IOException {
        return ofStream(content, computation());
    }

    /** The SHA-256 digest of {@code text} in UTF-8. */
    public static Digest ofText(String text) {
        return ofBytes(text.getBytes(UTF_8));
    }

    /** A new SHA-256 computation. */
    public static MessageDigest sha256() {
        return computation("SHA-256");
    }

    /** A new computation of this digest's algorithm, to verify content with. */
    public MessageDigest computation() {
        return computation(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
    }

    /** Whether this names that content. */
    public boolean isOf(byte[] content) {
        MessageDigest computation = computation();
        return HexFormat.of().formatHex(computation.digest(content)).equals(hex);
    }

    /** The first twelve digits, for people. */
    public String shortHex() {
        return hex.substring(0, 12);
    }

    @JsonValue
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static MessageDigest computation(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, and all known ones SHA-512", e);
        }
    }
}

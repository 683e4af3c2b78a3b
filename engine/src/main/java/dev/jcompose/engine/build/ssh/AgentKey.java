package dev.jcompose.engine.build.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

/**
 * A key that an agent signs with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8332">RFC 8332</a>, <a
 *     href="https://www.rfc-editor.org/rfc/rfc5656#section-3.1.2">RFC 5656</a>, <a
 *     href="https://www.rfc-editor.org/rfc/rfc8709">RFC 8709</a>
 */
final class AgentKey {
    private static final int RSA_SHA2_256 = 2;
    private static final int RSA_SHA2_512 = 4;

    private final String type;
    private final byte[] publicBlob;
    private final PrivateKey secret;
    private final String comment;

    /**
     * Puts it together.
     *
     * @param type as SSH calls it, for example {@code ssh-ed25519}
     * @param publicBlob the public half as it goes over the wire
     */
    AgentKey(String type, byte[] publicBlob, PrivateKey secret, String comment) {
        this.type = type;
        this.publicBlob = publicBlob.clone();
        this.secret = secret;
        this.comment = comment;
    }

    byte[] publicBlob() {
        return publicBlob.clone();
    }

    String comment() {
        return comment;
    }

    /**
     * A signature as it goes over the wire.
     *
     * @param flags of the request: which hash an RSA signature is to be made with
     */
    byte[] sign(byte[] data, int flags) throws GeneralSecurityException {
        return switch (type) {
            case "ssh-ed25519" -> blob(type, raw("Ed25519", data));
            case "ssh-rsa" -> {
                if ((flags & RSA_SHA2_512) != 0) {
                    yield blob("rsa-sha2-512", raw("SHA512withRSA", data));
                }
                yield (flags & RSA_SHA2_256) != 0
                        ? blob("rsa-sha2-256", raw("SHA256withRSA", data))
                        : blob(type, raw("SHA1withRSA", data));
            }
            default -> blob(type, pair(raw(Curve.ofType(type).signature() + "inP1363Format", data)));
        };
    }

    private byte[] raw(String algorithm, byte[] data) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(data);
        return signature.sign();
    }

    /** The two numbers of an ECDSA signature. */
    private static byte[] pair(byte[] both) {
        int half = both.length / 2;
        return new WireWriter()
                .mpint(new BigInteger(1, Arrays.copyOf(both, half)))
                .mpint(new BigInteger(1, Arrays.copyOfRange(both, half, both.length)))
                .written();
    }

    private static byte[] blob(String format, byte[] signature) {
        return new WireWriter().text(format).string(signature).written();
    }
}

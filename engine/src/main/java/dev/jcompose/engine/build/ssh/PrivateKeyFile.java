package dev.jcompose.engine.build.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads private keys as {@code ssh-keygen} writes them: OpenSSH's own form with Ed25519, RSA and ECDSA, and RSA in the
 * older PEM forms. Those with a passphrase are for an agent that can ask for it.
 *
 * @see <a href="https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key">OpenSSH, PROTOCOL.key</a>
 */
final class PrivateKeyFile {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(US_ASCII);
    private static final int SEED_BYTES = 32;
    private static final int MAX_BYTES = 64 * 1024;

    /** Version 0, the algorithm RSA (1.2.840.113549.1.1.1) without parameters. */
    private static final String RSA_ALGORITHM = "020100300d06092a864886f70d0101010500";

    private PrivateKeyFile() {}

    /**
     * Reads one.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no key that can be used, with the reason
     */
    static AgentKey read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("it is no private key: it is larger than " + MAX_BYTES + " bytes");
        }
        Matcher pem = PEM.matcher(Files.readString(file, US_ASCII));
        if (!pem.find()) {
            throw new IllegalArgumentException("it is neither a private key nor the socket of an agent");
        }
        String kind = pem.group(1);
        if (kind.startsWith("ENCRYPTED") || pem.group(2).contains("ENCRYPTED")) {
            throw needsPassphrase();
        }
        String comment = String.valueOf(file.getFileName());
        try {
            byte[] content = Base64.getMimeDecoder().decode(pem.group(2));
            return switch (kind) {
                case "OPENSSH PRIVATE KEY" -> openSsh(content);
                case "RSA PRIVATE KEY" -> rsa(sequence(RSA_ALGORITHM, content), comment);
                case "PRIVATE KEY" -> rsa(content, comment);
                default ->
                    throw new IllegalArgumentException("keys of the form \"" + kind
                            + "\" are not read; ssh-keygen -p -f KEY writes it in OpenSSH's own form");
            };
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            throw new IllegalArgumentException("the key is damaged or of a kind that is not supported", e);
        }
    }

    private static IllegalArgumentException needsPassphrase() {
        return new IllegalArgumentException("the key has a passphrase; give the socket of an agent that has it");
    }

    private static AgentKey openSsh(byte[] content) throws GeneralSecurityException {
        WireReader file = new WireReader(content);
        if (!Arrays.equals(file.bytes(MAGIC.length), MAGIC)) {
            throw new IllegalArgumentException("the key is damaged: it does not begin with openssh-key-v1");
        }
        String cipher = file.text();
        file.text();
        file.string();
        if (!cipher.equals("none")) {
            throw needsPassphrase();
        }
        if (file.uint32() != 1) {
            throw new IllegalArgumentException("the file holds several keys");
        }
        byte[] publicBlob = file.string();
        WireReader secret = new WireReader(file.string());
        int check = secret.uint32();
        if (secret.uint32() != check) {
            throw new IllegalArgumentException("the key is damaged: its check numbers differ");
        }
        String type = secret.text();
        switch (type) {
            case "ssh-ed25519" -> {
                secret.string();
                byte[] seed = Arrays.copyOf(secret.string(), SEED_BYTES);
                var key = KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
                return new AgentKey(type, publicBlob, key, secret.text());
            }
            case "ssh-rsa" -> {
                BigInteger modulus = secret.mpint();
                secret.mpint();
                BigInteger exponent = secret.mpint();
                secret.mpint();
                secret.mpint();
                secret.mpint();
                var key = KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateKeySpec(modulus, exponent));
                return new AgentKey(type, publicBlob, key, secret.text());
            }
            default -> {
                Curve curve = Curve.ofType(type);
                secret.text();
                secret.string();
                AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
                parameters.init(new ECGenParameterSpec(curve.javaName()));
                var key = KeyFactory.getInstance("EC")
                        .generatePrivate(new ECPrivateKeySpec(
                                secret.mpint(), parameters.getParameterSpec(ECParameterSpec.class)));
                return new AgentKey(type, publicBlob, key, secret.text());
            }
        }
    }

    private static AgentKey rsa(byte[] pkcs8, String comment) throws GeneralSecurityException {
        RSAPrivateCrtKey key =
                (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] publicBlob = new WireWriter()
                .text("ssh-rsa")
                .mpint(key.getPublicExponent())
                .mpint(key.getModulus())
                .written();
        return new AgentKey("ssh-rsa", publicBlob, key, comment);
    }

    /** PKCS #8 around what PKCS #1 has: a sequence of the algorithm and an octet string. */
    private static byte[] sequence(String algorithmHex, byte[] key) {
        byte[] octets = der(0x04, key);
        byte[] algorithm = HexFormat.of().parseHex(algorithmHex);
        byte[] both = Arrays.copyOf(algorithm, algorithm.length + octets.length);
        System.arraycopy(octets, 0, both, algorithm.length, octets.length);
        return der(0x30, both);
    }

    private static byte[] der(int tag, byte[] content) {
        // No shorter than 128 bytes, or the key is none.
        byte[] number = BigInteger.valueOf(content.length).toByteArray();
        byte[] length = number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
        byte[] tagged = new byte[2 + length.length + content.length];
        tagged[0] = (byte) tag;
        tagged[1] = (byte) (0x80 | length.length);
        System.arraycopy(length, 0, tagged, 2, length.length);
        System.arraycopy(content, 0, tagged, 2 + length.length, content.length);
        return tagged;
    }
}

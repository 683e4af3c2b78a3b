package dev.jcompose.images.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * What a client shows of itself.
 *
 * @param certificate a PEM file
 * @param key a PEM file in PKCS #8
 */
public record ClientKey(Path certificate, Path key) {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    List<KeyManager> managers() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "client", read(), new char[0], PemCertificates.read(certificate).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return List.of(factory.getKeyManagers());
    }

    private PrivateKey read() throws IOException, GeneralSecurityException {
        String pem;
        try {
            pem = Files.readString(key);
        } catch (NoSuchFileException e) {
            throw new IOException("the key of the client's certificate, '" + key + "', is not there", e);
        }
        int start = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (start < 0 || end < start) {
            throw new IOException(
                    "key '%s' is not in PKCS #8: convert it with openssl pkcs8 -topk8 -nocrypt".formatted(key));
        }
        byte[] bytes = Base64.getMimeDecoder().decode(pem.substring(start + BEGIN.length(), end));
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (InvalidKeySpecException e) {
                // Of another algorithm.
            }
        }
        throw new IOException("key '" + key + "' is none of RSA, EC and Ed25519");
    }
}

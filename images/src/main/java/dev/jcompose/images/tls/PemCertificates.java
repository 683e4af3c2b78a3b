package dev.jcompose.images.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** Certificates in a PEM file. */
final class PemCertificates {
    private PemCertificates() {}

    static Collection<? extends Certificate> read(Path bundle) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(bundle)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException e) {
            throw new IOException("cannot read certificate '" + bundle + "': " + e.getMessage(), e);
        }
    }

    /** The certificates as those of authorities. */
    static KeyStore authorities(Path bundle) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (Certificate certificate : read(bundle)) {
            store.setCertificateEntry("ca-" + count++, certificate);
        }
        return store;
    }
}

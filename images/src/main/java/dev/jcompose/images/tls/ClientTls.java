package dev.jcompose.images.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a client speaks TLS: whom it trusts, and what it shows of itself.
 *
 * @param authorities PEM files; trusted beside the JVM's and the system's
 * @param system a PEM file with the system's; null for where systems usually have it
 * @param verified whether it matters who the server is
 * @param keys may be none
 */
public record ClientTls(List<Path> authorities, @Nullable Path system, boolean verified, List<ClientKey> keys) {
    private static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    public ClientTls {
        authorities = List.copyOf(authorities);
        keys = List.copyOf(keys);
    }

    /**
     * Reads the files.
     *
     * @throws IOException naming the file that is missing or is not what it should be
     */
    public SSLContext context() throws IOException {
        try {
            List<KeyManager> own = new ArrayList<>();
            for (ClientKey key : keys) {
                own.addAll(key.managers());
            }
            TrustManager trust = verified ? new TrustAnyOf(managers()) : new TrustAnything();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.toArray(KeyManager[]::new), new TrustManager[] {trust}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<X509TrustManager> managers() throws IOException, GeneralSecurityException {
        List<Path> bundles = new ArrayList<>(authorities);
        if (system != null) {
            bundles.add(system);
        } else {
            SYSTEM.stream().filter(Files::isReadable).findFirst().ifPresent(bundles::add);
        }
        List<X509TrustManager> managers = new ArrayList<>();
        managers.add(manager(null));
        for (Path bundle : bundles) {
            managers.add(manager(PemCertificates.authorities(bundle)));
        }
        return managers;
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JVM has no X.509 trust manager");
    }
}

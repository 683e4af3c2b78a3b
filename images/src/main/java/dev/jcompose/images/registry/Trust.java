package dev.jcompose.images.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are trusted: the JVM's and the system's, and for one registry also those of
 * {@code /etc/docker/certs.d/REGISTRY/*.crt} and of the file of registries; and which certificate this client shows
 * ({@code *.cert} with {@code *.key} beside it).
 *
 * @see <a href="https://docs.docker.com/engine/security/certificates/">Docker, registry certificates</a>
 */
final class Trust {
    private static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private final Path certificates;
    private final RegistryAccess access;

    /** @param certificates as {@code /etc/docker/certs.d} */
    Trust(Path certificates, RegistryAccess access) {
        this.certificates = certificates;
        this.access = access;
    }

    /** How to speak TLS with a registry. */
    SSLContext context(String registry, RegistriesFile.Settings settings) throws IOException {
        List<Path> own = new ArrayList<>();
        Path ca = settings.certificateAuthority();
        if (ca != null) {
            own.add(ca);
        }
        Path directory = certificates.resolve(registry);
        own.addAll(files(directory, ".crt"));
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trust = settings.insecure()
                    ? new TrustManager[] {new TrustAnything()}
                    : new TrustManager[] {new TrustAnyOf(managers(own))};
            context.init(keys(directory), trust, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<X509TrustManager> managers(List<Path> own) throws IOException, GeneralSecurityException {
        List<X509TrustManager> managers = new ArrayList<>();
        managers.add(manager(null));
        List<Path> bundles = new ArrayList<>(own);
        access.variable("SSL_CERT_FILE")
                .map(Path::of)
                .or(() -> SYSTEM.stream().filter(Files::isReadable).findFirst())
                .ifPresent(bundles::add);
        for (Path bundle : bundles) {
            managers.add(manager(store(bundle)));
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

    private static KeyStore store(Path bundle) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (Certificate certificate : read(bundle)) {
            store.setCertificateEntry("ca-" + count++, certificate);
        }
        return store;
    }

    static Collection<? extends Certificate> read(Path bundle) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(bundle)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException e) {
            throw new IOException("cannot read certificate '" + bundle + "': " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keys(Path directory) throws IOException, GeneralSecurityException {
        List<KeyManager> managers = new ArrayList<>();
        for (Path certificate : files(directory, ".cert")) {
            String name = certificate.getFileName().toString();
            Path key = certificate.resolveSibling(name.substring(0, name.length() - ".cert".length()) + ".key");
            managers.addAll(ClientKey.managers(certificate, key));
        }
        return managers.toArray(KeyManager[]::new);
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /** Trusts what one of several trusts. */
    private record TrustAnyOf(List<X509TrustManager> managers) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is no server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            CertificateException last = null;
            for (X509TrustManager manager : managers) {
                try {
                    manager.checkServerTrusted(chain, type);
                    return;
                } catch (CertificateException e) {
                    last = e;
                }
            }
            throw last == null ? new CertificateException("nothing is trusted") : last;
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return managers.stream()
                    .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                    .toArray(X509Certificate[]::new);
        }
    }

    /** For registries that the user has called insecure. */
    private static final class TrustAnything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

package dev.jcompose.images.registry;

import dev.jcompose.images.tls.ClientKey;
import dev.jcompose.images.tls.ClientTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Which certificates are trusted: the JVM's and the system's, and for one registry also those of
 * {@code /etc/docker/certs.d/REGISTRY/*.crt} and of the file of registries; and which certificate this client shows
 * ({@code *.cert} with {@code *.key} beside it).
 *
 * @see <a href="https://docs.docker.com/engine/security/certificates/">Docker, registry certificates</a>
 */
final class Trust {
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
        Path system = access.variable("SSL_CERT_FILE").map(Path::of).orElse(null);
        return new ClientTls(own, system, !settings.insecure(), keys(directory)).context();
    }

    private static List<ClientKey> keys(Path directory) throws IOException {
        List<ClientKey> keys = new ArrayList<>();
        for (Path certificate : files(directory, ".cert")) {
            String name = certificate.getFileName().toString();
            String key = name.substring(0, name.length() - ".cert".length()) + ".key";
            keys.add(new ClientKey(certificate, certificate.resolveSibling(key)));
        }
        return keys;
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
}

package dev.jcompose.images.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.images.testing.TestRegistry;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which servers are believed, and who this client says it is. */
@RequiresRoot
class CertificatesIT {
    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.ofBytes(CONTENT);

    @TempDir
    Path root;

    private Path certificates;

    @BeforeEach
    void makeDirectory() {
        DockerRegistry.assumePrograms("docker-registry", "openssl", "ip");
        certificates = root.resolve("certs.d");
    }

    private RegistryClient client(String registry, Map<String, String> environment) throws IOException {
        return new Registries(RegistryAccess.of(environment), Patience.DEFAULT, certificates)
                .origin(ImageReference.parse(registry + "/team/app:1"), null);
    }

    /** There and back again. */
    private void move(String registry, Map<String, String> environment) throws IOException {
        RegistryClient client = client(registry, environment);
        client.upload(DIGEST, Files.write(root.resolve("content"), CONTENT), sent -> {});
        try (BlobBody body = client.blob(DIGEST, 0);
                InputStream content = body.content()) {
            assertThat(content.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    private Path certificatesOf(String registry) throws IOException {
        return Files.createDirectories(certificates.resolve(registry));
    }

    @Test
    void theAuthorityOfARegistryIsTrustedForThatRegistryOnly() throws Exception {
        try (DockerRegistry one = DockerRegistry.withTls(root.resolve("one"));
                DockerRegistry two = DockerRegistry.withTls(root.resolve("two"))) {
            Files.copy(root.resolve("one/cert.pem"), certificatesOf(one.name()).resolve("ca.crt"));
            Files.copy(root.resolve("one/cert.pem"), certificatesOf(two.name()).resolve("ca.crt"));
            move(one.name(), Map.of());
            assertThatThrownBy(() -> move(two.name(), Map.of())).hasMessageContaining("its certificate is not trusted");
            move(
                    two.name(),
                    Map.of("SSL_CERT_FILE", root.resolve("two/cert.pem").toString()));
        }
    }

    @Test
    void aCertificateForAnotherNameIsNotBelieved() throws Exception {
        try (DockerRegistry registry = DockerRegistry.withTls(root.resolve("one"), "other.example", null)) {
            Files.copy(
                    root.resolve("one/cert.pem"),
                    certificatesOf(registry.name()).resolve("ca.crt"));
            assertThatThrownBy(() -> move(registry.name(), Map.of()))
                    .hasMessageContaining("its certificate is not trusted");
        }
    }

    @Test
    void aClientShowsTheCertificateThatIsThereForTheRegistry() throws Exception {
        Path mine = DockerRegistry.certificate(root.resolve("mine"), "me.pem", "me");
        try (DockerRegistry registry = DockerRegistry.withTls(root.resolve("one"), "localhost", mine)) {
            Path directory = certificatesOf(registry.name());
            Files.copy(root.resolve("one/cert.pem"), directory.resolve("ca.crt"));
            assertThatThrownBy(() -> move(registry.name(), Map.of())).hasMessageContaining("TLS failed");
            Files.copy(mine, directory.resolve("client.cert"));
            assertThatThrownBy(() -> move(registry.name(), Map.of()))
                    .hasMessageContaining(directory.resolve("client.key").toString());
            Files.copy(root.resolve("mine/me.pem.key"), directory.resolve("client.key"));
            move(registry.name(), Map.of());
        }
    }

    @Test
    void aRegistryWithoutTlsElsewhereIsUsedIfItIsCalledInsecure() throws Exception {
        // Replace, not add: it may be there from a run that was killed.
        DockerRegistry.run(Map.of(), "ip", "address", "replace", "198.51.100.7/32", "dev", "lo");
        try (TestRegistry registry = new TestRegistry(InetAddress.getByName("198.51.100.7"))) {
            assertThatThrownBy(() -> move(registry.name(), Map.of()))
                    .hasMessageContaining("it speaks http, not https")
                    .hasMessageContaining("{\"insecure\": true}");
            Path file = Files.writeString(
                    root.resolve("registries.json"),
                    "{\"registries\":{\"%s\":{\"insecure\":true}}}".formatted(registry.name()));
            move(registry.name(), Map.of("JCOMPOSE_REGISTRIES", file.toString()));
        } finally {
            DockerRegistry.run(Map.of(), "ip", "address", "del", "198.51.100.7/32", "dev", "lo");
        }
    }
}

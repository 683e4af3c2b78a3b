package dev.jcompose.images.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Debian's {@code docker-registry} on loopback, with or without passwords and TLS. */
public final class DockerRegistry implements AutoCloseable {
    private final Process process;
    private final int port;

    private DockerRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test, saying why, unless these programs are here. */
    public static void assumePrograms(String... programs) {
        for (String program : programs) {
            boolean there = List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").stream()
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
            assumeTrue(there, "needs the program " + program);
        }
    }

    /** Without a password, over http. */
    public static DockerRegistry open(Path directory) throws Exception {
        return start(directory, "", "");
    }

    /** For one user. */
    public static DockerRegistry withPassword(Path directory, String user, String password) throws Exception {
        Files.createDirectories(directory);
        String line = run(Map.of(), "htpasswd", "-nbB", user, password).strip();
        Path file = Files.writeString(directory.resolve("htpasswd"), line + "\n");
        return start(directory, "auth:\n  htpasswd:\n    realm: test\n    path: " + file + "\n", "");
    }

    /** With a certificate of its own for this machine, which is {@code cert.pem} in the directory. */
    public static DockerRegistry withTls(Path directory) throws Exception {
        return withTls(directory, "localhost", null);
    }

    /**
     * With a certificate of its own, which is {@code cert.pem} in the directory.
     *
     * @param host who it is for
     * @param clients the certificate that clients must show; null for none
     */
    public static DockerRegistry withTls(Path directory, String host, @Nullable Path clients) throws Exception {
        Path certificate = certificate(directory, "cert.pem", host);
        String asked = clients == null ? "" : "    clientcas: [" + clients + "]\n";
        return start(
                directory,
                "",
                "  tls:\n    certificate: %s\n    key: %s\n%s"
                        .formatted(certificate, directory.resolve("cert.pem.key"), asked));
    }

    /** Makes a certificate, and its key in {@code NAME.key}. */
    public static Path certificate(Path directory, String name, String host) throws Exception {
        assumePrograms("openssl");
        Files.createDirectories(directory);
        Path certificate = directory.resolve(name);
        run(
                Map.of(),
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + host,
                "-addext",
                "subjectAltName=DNS:" + host + ",IP:127.0.0.1",
                "-keyout",
                certificate + ".key",
                "-out",
                certificate.toString());
        return certificate;
    }

    private static DockerRegistry start(Path directory, String auth, String tls) throws Exception {
        assumePrograms("docker-registry");
        Files.createDirectories(directory);
        int port = freePort();
        Path config = Files.writeString(
                directory.resolve("config.yml"), """
                version: 0.1
                log:
                  level: error
                storage:
                  delete:
                    enabled: true
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                """.formatted(directory.resolve("data"), port) + tls + auth);
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        DockerRegistry registry = new DockerRegistry(process, port);
        Awaitility.await().until(() -> answers(port));
        return registry;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** For references. */
    public String name() {
        return "localhost:" + port;
    }

    public int port() {
        return port;
    }

    /** Runs a program that must succeed; gives its output. */
    public static String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}

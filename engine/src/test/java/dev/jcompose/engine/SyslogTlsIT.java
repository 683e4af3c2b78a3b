package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.engine.testing.TlsServer;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers whose output goes to a syslog server over TLS. */
@RequiresRoot
class SyslogTlsIT extends EngineScenario {
    private static final String SERVICE = """
            services:
              web:
                image: localhost/host
                command: sh -c 'echo hello; echo again; exec sleep 1000'
                logging: {driver: syslog, options: {syslog-address: "tcp+tls://127.0.0.1:%d"%s}}
            """;

    private TlsServer tls;

    @BeforeEach
    void makeKeys() throws Exception {
        tls = new TlsServer(directory());
    }

    private String file(String option, String name) {
        return ", syslog-tls-%s: %s".formatted(option, directory().resolve(name));
    }

    private static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    }

    @Test
    void clientAndServerKnowEachOtherAndMessagesOfRfc5424HaveTheirLengthInFront() throws Exception {
        try (ServerSocket server = tls.listen(0, true)) {
            up(SERVICE.formatted(
                    server.getLocalPort(),
                    file("ca-cert", "server.crt") + file("cert", "client.crt") + file("key", "client.key")
                            + ", syslog-format: rfc5424"));
            try (Socket client = server.accept();
                    BufferedReader lines = reader(client)) {
                String line = lines.readLine();
                assertThat(line).matches("\\d+ <30>1 .* - hello");
                String message = line.substring(line.indexOf('<')) + "\n";
                assertThat(line).startsWith(message.length() + " ");
                assertThat(lines.readLine()).matches("\\d+ <30>1 .* - again");
            }
        }
    }

    @Test
    void whomNobodyVouchesForGetsNothingUnlessThatIsWanted() throws Exception {
        try (ServerSocket server = tls.listen(0, false)) {
            Thread refused = new Thread(() -> handshakes(server));
            refused.start();
            up(SERVICE.formatted(server.getLocalPort(), ""));
            await().untilAsserted(() -> assertThat(warnings())
                    .contains("syslog at tcp+tls://127.0.0.1:" + server.getLocalPort() + " does not take log lines: ")
                    .contains("unable to find valid certification path"));
            refused.interrupt();
        }
        try (ServerSocket server = tls.listen(0, false)) {
            up(SERVICE.formatted(server.getLocalPort(), ", syslog-tls-skip-verify: \"true\""));
            try (Socket client = server.accept();
                    BufferedReader lines = reader(client)) {
                assertThat(lines.readLine()).matches("<30>.*: hello");
            }
        }
    }

    @Test
    void aServerThatWantsToKnowItsClientsGetsNothingLost() throws Exception {
        try (ServerSocket server = tls.listen(0, true)) {
            Thread refused = new Thread(() -> handshakes(server));
            refused.start();
            up(SERVICE.formatted(server.getLocalPort(), file("ca-cert", "server.crt")));
            await().untilAsserted(() -> assertThat(warnings()).contains("does not take log lines: "));
        }
    }

    @Test
    void filesThatAreNotThereAreNamedBeforeAnythingIsMade() {
        assertThatThrownBy(() -> up(SERVICE.formatted(1, file("ca-cert", "none.crt"))))
                .hasMessage("services.web.logging.options: cannot read "
                        + directory().resolve("none.crt"));
        assertThat(hasContainers()).isFalse();
    }

    /** What the engine says with the next command. */
    private String warnings() {
        engine().engine().projects().restart(TestEngine.services(), engine().listener());
        return String.join("\n", engine().events());
    }

    @SuppressWarnings("EmptyCatch") // that is what is tested
    private static void handshakes(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                int ignored = client.getInputStream().read();
            } catch (IOException e) {
                // The client leaves.
            }
        }
    }
}

package dev.jcompose.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecOverSocketTest {
    @TempDir
    private Path directory;

    private ServedEngine served;
    private final EchoSession echo = new EchoSession();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @BeforeEach
    void serve() throws Exception {
        served = new ServedEngine(directory);
        served.engine.containers =
                List.of(FakeEngine.container("db", "running"), FakeEngine.container("web", "exited"));
        served.engine.exec = request -> echo;
    }

    @AfterEach
    void stop() throws Exception {
        served.close();
    }

    private static ExecRequest request(String container, boolean terminal) {
        return new ExecRequest(
                container,
                List.of("cat", "-"),
                Map.of("A", "b=c"),
                "/tmp",
                "root",
                true,
                terminal,
                true,
                false,
                24,
                80);
    }

    @Test
    void inputGoesInAndBothOutputsComeBackApart() throws Exception {
        try (ExecSession session = served.client.containers().exec(request("shop-db-1", false))) {
            try (OutputStream stdin = session.stdin()) {
                stdin.write("hello".getBytes(UTF_8));
            }

            assertThat(session.run(stdout, stderr)).isEqualTo(7);
        }

        assertThat(stdout.toString(UTF_8)).isEqualTo("hello");
        assertThat(stderr.toString(UTF_8)).isEqualTo("ready");
    }

    @Test
    void theRequestReachesTheEngine() {
        try (ExecSession session = served.client.containers().exec(request("shop-db-1", false))) {
            assertThat(session).isNotNull();
        }

        String id = served.engine.containers.get(0).id();
        assertThat(served.engine.requests).containsExactly(request(id, false));
    }

    @Test
    void withATerminalEverythingComesOnStandardOutput() throws Exception {
        try (ExecSession session = served.client.containers().exec(request("shop-db-1", true))) {
            session.stdin().write("hello".getBytes(UTF_8));
            session.resize(50, 132);
            session.stdin().close();

            assertThat(session.run(stdout, stderr)).isEqualTo(7);
        }

        assertThat(stdout.toString(UTF_8)).isEqualTo("readyhello");
        assertThat(stderr.toString(UTF_8)).isEmpty();
        assertThat(echo.sizes).containsExactly("50x132");
    }

    @Test
    void aContainerThatIsNotThereOrDoesNotRunIsSaidSo() {
        assertThatThrownBy(() -> served.client.containers().exec(request("shop-nope-1", false)))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_FOUND))
                .hasMessage("No such container: shop-nope-1");
        assertThatThrownBy(() -> served.client.containers().exec(request("shop-web-1", false)))
                .hasMessage("container shop-web-1 is not running");
    }

    @Test
    void whatTheEngineRefusesIsSaidBeforeTheSessionBegins() {
        served.engine.exec = request -> {
            throw new EngineException(EngineException.Kind.INVALID, "user \"nobody2\" is not in /etc/passwd");
        };

        assertThatThrownBy(() -> served.client.containers().exec(request("shop-db-1", false)))
                .hasMessage("user \"nobody2\" is not in /etc/passwd");
    }

    @Test
    void aDetachedCommandReturnsAtOnce() {
        ExecRequest detached =
                new ExecRequest("shop-db-1", List.of("cat"), Map.of(), null, null, false, false, false, true, 0, 0);

        try (ExecSession session = served.client.containers().exec(detached)) {
            assertThat(session.run(stdout, stderr)).isZero();
        }
    }

    @Test
    void dockerClientsWithoutInputNeedNoUpgrade() throws Exception {
        served.engine.exec = request -> {
            try {
                echo.stdin().close();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return echo;
        };
        String created = served.ask("POST", "/v1.44/containers/shop-db-1/exec", "{\"Cmd\":[\"true\"]}")
                .body();
        String id = created.replaceAll("[^0-9a-f]", "").substring(1); // the d of "Id"

        ServedEngine.Answer answer = served.ask("POST", "/v1.44/exec/" + id + "/start", "{\"Tty\":false}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\2\0\0\0\0\0\0\5ready");
        assertThat(served.ask("GET", "/v1.44/exec/" + id + "/json").body())
                .contains("\"Running\":false,\"ExitCode\":7");
    }
}

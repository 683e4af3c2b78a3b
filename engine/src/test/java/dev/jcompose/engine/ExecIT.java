package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class ExecIT extends EngineScenario {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    working_dir: /usr
                    environment: {COLOR: blue, KEPT: "yes"}
                """);
    }

    @Test
    void outputIsApartAndTheExitCodeIsTheCommands() throws Exception {
        assertThat(run(command("sh", "-c", "echo to out; echo to err >&2; exit 3")))
                .isEqualTo(3);
        assertThat(out.toString(UTF_8)).isEqualTo("to out\n");
        assertThat(err.toString(UTF_8)).isEqualTo("to err\n");
        assertThat(run(command("sh", "-c", "kill -9 $$"))).isEqualTo(137);
    }

    @Test
    void aCommandThatIsNotThereOrCannotBeExecutedGivesTheShellsCodes() throws Exception {
        assertThat(run(command("no-such-program"))).isEqualTo(127);
        assertThat(err.toString(UTF_8)).contains("no-such-program");
        assertThat(run(command("/etc/passwd"))).isEqualTo(126);
    }

    @Test
    void aDirectoryOrUserThatIsNotThereGivesDockersCodesAndNamesTheContainer() throws Exception {
        assertThat(run(in("/missing", null))).isEqualTo(127);
        assertThat(err.toString(UTF_8))
                .startsWith("container p-web-1: ")
                .contains("working directory \"/missing\"")
                .contains("ENOENT");
        assertThat(run(in("/etc/passwd", null))).isEqualTo(127);
        assertThat(run(in(null, "nobody-of-that-name"))).isEqualTo(126);
        assertThat(err.toString(UTF_8)).contains("no user \"nobody-of-that-name\"");
    }

    @Test
    void anEmptyDirectoryOrUserIsTheContainersOwn() throws Exception {
        assertThat(run(in("", ""))).isZero();
    }

    private static ExecRequest in(@Nullable String directory, @Nullable String user) {
        return new ExecRequest("p-web-1", List.of("true"), Map.of(), directory, user, false, false, false, false, 0, 0);
    }

    @Test
    void inputIsPipedUntilItsEnd() throws Exception {
        String megabyte = "0123456789abcde\n".repeat(64 * 1024);
        try (ExecSession session = engine().engine().containers().exec(with(command("sort", "-u"), true))) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try (OutputStream stdin = session.stdin()) {
                    stdin.write(megabyte.getBytes(UTF_8));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThat(session.run(out, err)).isZero();
            writing.join();
        }
        assertThat(out.toString(UTF_8)).isEqualTo("0123456789abcde\n");
    }

    @Test
    void withoutInputACommandFindsItsEnd() throws Exception {
        assertThat(run(command("cat"))).isZero();
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void muchOutputOnBothStreamsBlocksNobody() throws Exception {
        assertThat(run(command("sh", "-c", "head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero")))
                .isZero();
        assertThat(out.size()).isEqualTo(3_000_000);
        assertThat(err.size()).isEqualTo(3_000_000);
    }

    @Test
    void directoryAndEnvironmentAreTheContainersUnlessGiven() throws Exception {
        run(command("sh", "-c", "pwd; echo $COLOR $KEPT"));
        assertThat(out.toString(UTF_8)).isEqualTo("/usr\nblue yes\n");
        out.reset();
        run(new ExecRequest(
                "p-web-1",
                List.of("sh", "-c", "pwd; echo $COLOR $KEPT; id -u; id -g"),
                Map.of("COLOR", "red"),
                "/var",
                "nobody",
                false,
                false,
                false,
                false,
                0,
                0));
        assertThat(out.toString(UTF_8)).startsWith("/var\nred yes\n65534\n");
    }

    @Test
    void anUnknownUserIsNamed() throws Exception {
        ExecRequest request = new ExecRequest(
                "p-web-1", List.of("id"), Map.of(), null, "no-such-user", false, false, false, false, 0, 0);
        try {
            assertThat(run(request)).isNotZero();
            assertThat(err.toString(UTF_8)).contains("no-such-user");
        } catch (EngineException e) {
            assertThat(e).hasMessageContaining("no-such-user");
        }
    }

    @Test
    void aTerminalIsOneAndHasTheSizeGiven() throws Exception {
        ExecRequest request = new ExecRequest(
                "p-web-1",
                List.of("bash", "-c", "tty; stty size; read line; stty size; echo got $line"),
                Map.of(),
                null,
                null,
                false,
                true,
                true,
                false,
                33,
                101);
        try (ExecSession session = engine().engine().containers().exec(request)) {
            CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> session.run(out, err));
            await().until(() -> out.toString(UTF_8).contains("33 101"));
            session.resize(44, 120);
            session.stdin().write("hello\n".getBytes(UTF_8));
            session.stdin().flush();
            assertThat(code.get()).isZero();
        }
        assertThat(out.toString(UTF_8).lines().toList()).first().asString().matches("/dev/pts/[0-9]+");
        assertThat(out.toString(UTF_8)).contains("44 120", "got hello");
    }

    @Test
    void aContainerThatDoesNotRunOrIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> engine().exec("p-nope-1", "true"))
                .isInstanceOf(EngineException.class)
                .hasMessage("no such container: p-nope-1");
        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        assertThatThrownBy(() -> engine().exec("p-web-1", "true"))
                .isInstanceOf(EngineException.class)
                .hasMessage("container p-web-1 is not running");
    }

    @Test
    void anotherEngineRunsCommandsInTheContainersOfTheFirst() throws Exception {
        killEngine();
        startAnotherEngine();
        assertThat(engine().exec("p-web-1", "pwd")).isEqualTo("0: /usr\n");
    }

    private static ExecRequest command(String... command) {
        return with(
                new ExecRequest("p-web-1", List.of(command), Map.of(), null, null, false, false, false, false, 0, 0),
                false);
    }

    private static ExecRequest with(ExecRequest request, boolean stdin) {
        return new ExecRequest(
                request.container(), request.command(), Map.of(), null, null, false, false, stdin, false, 0, 0);
    }

    private int run(ExecRequest request) {
        try (ExecSession session = engine().engine().containers().exec(request)) {
            return session.run(out, err);
        }
    }
}

package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.container;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExecTest {
    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.containers = List.of(container("db", "running"), container("web", "exited"));
        world.engine.exec = request -> new UpperCase();
    }

    /** Writes its whole input in capitals and ends with code 7. */
    private static final class UpperCase implements ExecSession {
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public OutputStream stdin() {
            return new OutputStream() {
                @Override
                public void write(int b) {
                    input.write(b);
                }

                @Override
                public void close() {
                    ended.countDown();
                }
            };
        }

        @Override
        public int run(OutputStream stdout, OutputStream stderr) {
            try {
                ended.await();
                stdout.write(
                        input.toString(UTF_8).toUpperCase(java.util.Locale.ROOT).getBytes(UTF_8));
                stderr.write("done".getBytes(UTF_8));
                return 7;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public java.util.concurrent.CompletableFuture<Integer> ended() {
            return new java.util.concurrent.CompletableFuture<>();
        }

        @Override
        public void resize(int rows, int columns) {}

        @Override
        public void close() {}
    }

    private ExecRequest request() {
        return world.engine.requests(ExecRequest.class).get(0);
    }

    @Test
    void passesInputOutputAndTheExitCode() {
        world.input("hello");

        assertThat(world.run("exec", "db", "tr", "a-z", "A-Z")).isEqualTo(7);

        assertThat(world.out()).isEqualTo("HELLO");
        assertThat(world.err()).isEqualTo("done");
    }

    @Test
    void optionsAfterTheServiceBelongToTheCommand() {
        world.environment.put("FROM_ME", "x");

        world.run(
                "exec",
                "-u",
                "1:2",
                "-w",
                "/tmp",
                "-e",
                "A=b=c",
                "-e",
                "FROM_ME",
                "--privileged",
                "db",
                "ls",
                "-e",
                "-T");

        assertThat(request())
                .isEqualTo(new ExecRequest(
                        container("db", "running").id(),
                        List.of("ls", "-e", "-T"),
                        Map.of("A", "b=c", "FROM_ME", "x"),
                        "/tmp",
                        "1:2",
                        true,
                        false,
                        true,
                        false,
                        0,
                        0));
    }

    @Test
    void onATerminalItGetsOneOfTheSameSizeInRawMode() {
        world.onTerminal();

        world.run("exec", "db", "sh");

        assertThat(request().terminal()).isTrue();
        assertThat(request().rows()).isEqualTo(30);
        assertThat(request().columns()).isEqualTo(90);
        assertThat(request().environment()).containsEntry("TERM", "xterm");
        assertThat(world.terminalCalls).containsExactly("raw", "watch size", "ignore size", "cooked");
    }

    @Test
    void withCapitalTThereIsNoTerminal() {
        world.onTerminal();

        world.run("exec", "-T", "db", "sh");

        assertThat(request().terminal()).isFalse();
        assertThat(world.terminalCalls).isEmpty();
    }

    @Test
    void aServiceThatDoesNotRunIsSaidSo() {
        assertThat(world.run("exec", "web", "sh")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("service \"web\" is not running\n");

        world.run("exec", "--index", "2", "db", "sh");
        assertThat(world.err()).isEqualTo("service \"db\" is not running container #2\n");
    }

    @Test
    void withoutACommandItSaysWhatIsMissing() {
        assertThat(world.run("exec", "db")).isEqualTo(1);
        assertThat(world.err())
                .isEqualTo("\"jcompose exec\" needs more arguments: COMMAND; see jcompose exec --help\n");
    }
}

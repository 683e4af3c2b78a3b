package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.NOW;
import static dev.jcompose.cli.FakeEngine.container;
import static dev.jcompose.cli.FakeEngine.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogEntry.Source;
import dev.jcompose.engine.api.LogsRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.containers = List.of(container("db", "running"), container("web", "running"));
        world.engine.logs = (request, listener) -> {
            listener.on(line("db-1", Source.STDOUT, "ready"));
            listener.on(line("web-1", Source.STDERR, "oops"));
            listener.on(line("db-1", Source.ENGINE, "exited with code 0"));
        };
    }

    @Test
    void linesAreBehindNamesOfEqualWidthAndErrorsGoToStandardError() {
        assertThat(world.run("logs")).isZero();

        assertThat(world.out()).isEqualTo("db-1   | ready\ndb-1 exited with code 0\n");
        assertThat(world.err()).isEqualTo("web-1  | oops\n");
    }

    @Test
    void onATerminalEachContainerHasItsColour() {
        world.onTerminal();

        world.run("logs");

        assertThat(world.out()).startsWith("\u001b[36mdb-1   | \u001b[0mready\n");
        assertThat(world.err()).isEqualTo("\u001b[33mweb-1  | \u001b[0moops\n");
    }

    @Test
    void noColorAndNoPrefixLeaveTheBareText() {
        world.onTerminal();

        world.run("logs", "--no-color", "--no-log-prefix", "-t");

        assertThat(world.out()).startsWith("2026-01-02T15:04:05.000000000Z ready\n");
    }

    @Test
    void theOptionsReachTheEngine() {
        world.run("logs", "-f", "-n", "5", "--since", "10m", "--until", "2026-01-02T15:00:00Z", "--index", "2", "db");

        assertThat(world.engine.requests)
                .containsExactly(new LogsRequest(
                        "shop",
                        Set.of("db"),
                        true,
                        5,
                        NOW.minusSeconds(600),
                        java.time.Instant.parse("2026-01-02T15:00:00Z"),
                        2));
    }

    @Test
    void followingGoesOnWhenTheEngineDiesAndAnotherOneStarts() {
        world.engine.logs = (request, listener) -> {
            if (NOW.minusSeconds(60).equals(request.since())) {
                listener.on(line("db-1", Source.STDOUT, "before"));
                throw new EngineException(EngineException.Kind.LOST, "the engine closed the connection");
            }
            listener.on(line("db-1", Source.STDOUT, "after"));
        };

        assertThat(world.run("logs", "-f", "--since", "1m")).isZero();

        assertThat(world.out()).isEqualTo("db-1   | before\ndb-1   | after\n");
        assertThat(world.err()).contains("the engine went away; starting it again");
        assertThat(world.engine.requests)
                .endsWith(new LogsRequest("shop", Set.of(), true, null, NOW.plusNanos(1), null, null));
    }

    @Test
    void followingGivesUpWhenEnginesDieAsSoonAsTheyAreAsked() {
        world.engine.logs = (request, listener) -> {
            throw new EngineException(EngineException.Kind.LOST, "the engine closed the connection");
        };

        assertThat(world.run("logs", "-f")).isEqualTo(1);

        assertThat(world.err()).endsWith("the engine closed the connection\n");
    }

    @Test
    void aTailThatIsNoNumberIsRefused() {
        assertThat(world.run("logs", "--tail", "many")).isEqualTo(1);

        assertThat(world.err()).isEqualTo("invalid value for --tail: \"many\" is neither a number nor all\n");
    }
}

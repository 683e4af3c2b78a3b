package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JcomposeTest {
    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "-h", "help"})
    void helpListsTheCommands(String argument) {
        assertThat(argument.isEmpty() ? world.run() : world.run(argument)).isZero();

        assertThat(world.out())
                .startsWith("Usage:  jcompose [OPTIONS] COMMAND\n")
                .contains("  ps       List containers\n");
        assertThat(world.out()).doesNotContain("engine");
    }

    @Test
    void aValueOfTheWrongKindIsNamedWithItsFlag() {
        assertThat(world.run("--parallel", "x", "ps")).isEqualTo(1);
        assertThat(world.err())
                .isEqualTo("invalid argument \"x\" for \"--parallel\" flag: it must be a whole number\n");
        assertThat(world.run("ps", "--orphans=maybe")).isEqualTo(1);
        assertThat(world.err())
                .isEqualTo("invalid argument \"maybe\" for \"--orphans\" flag: it must be true or false\n");
        assertThat(world.run("port", "web", "http")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("invalid argument \"http\" for PRIVATE_PORT: it must be a whole number\n");
    }

    @Test
    void aCommandHasItsOwnHelp() {
        assertThat(world.run("logs", "--help")).isZero();

        assertThat(world.out()).startsWith("Usage:  jcompose logs [OPTIONS] [SERVICE...]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lgos           | unknown jcompose command: \"lgos\" (did you mean \"logs\"?)",
                "frobnicate     | unknown jcompose command: \"frobnicate\"",
                "--nope ps      | unknown flag: --nope",
                "ps --nope=3    | unknown flag: --nope",
                "-f             | flag needs an argument: --file",
                "stop -t x      | invalid argument \"x\" for \"--timeout\" flag: it must be a whole number",
                "--ansi pink ps | unsupported --ansi value \"pink\"",
                "--progress x ps | unsupported --progress value \"x\"",
                "--ansi never --progress tty ps    | can't use --progress tty while ANSI support is disabled",
                "--ansi always --progress plain ps | can't use --progress plain while ANSI support is forced"
            })
    void whatItDoesNotUnderstandItSaysOnOneLine(String arguments, String message) {
        assertThat(world.run(arguments.split(" +"))).isEqualTo(1);

        assertThat(world.err()).isEqualTo(message + "\n");
    }

    @Test
    void versionsAreForPeopleAndForPrograms() {
        world.run("version");
        assertThat(world.out()).startsWith("jcompose version v");

        world.run("version", "--format", "json");
        assertThat(world.out()).matches("\\{\"version\":\"v.+\"}\n");

        world.run("--version");
        assertThat(world.out()).startsWith("jcompose version v");
    }

    @Test
    void anErrorHasAStackTraceOnlyForThoseWhoAsk() {
        world.engine.operation = (request, listener) -> {
            throw new EngineException(EngineException.Kind.FAILED, "disk full");
        };

        world.run("stop");
        assertThat(world.err()).isEqualTo("disk full\n");

        world.run("--debug", "stop");
        assertThat(world.err()).startsWith("disk full\n").contains("\tat dev.jcompose");
    }

    @Test
    void programsGetErrorsAsJson() {
        assertThat(world.run("--progress", "json", "stop", "nope")).isEqualTo(1);

        assertThat(world.err()).isEqualTo("{\"error\":true,\"message\":\"no such service: nope\"}\n");
    }

    @Test
    void whatWasCancelledEndsLikeAnInterrupt() {
        world.engine.operation = (request, listener) -> {
            throw new EngineException(EngineException.Kind.CANCELLED, "canceled");
        };

        assertThat(world.run("up", "-d")).isEqualTo(130);
        assertThat(world.err()).isEqualTo("canceled\n");
    }

    @ParameterizedTest
    @CsvSource({"NO_COLOR,1", "TERM,dumb", "COMPOSE_ANSI,never"})
    void theEnvironmentCanTurnColoursOff(String name, String value) {
        world.onTerminal();
        world.environment.put(name, value);
        world.engine.logs = (request, listener) -> listener.on(FakeEngine.line("db-1", LogEntry.Source.STDOUT, "x"));

        world.run("logs");

        assertThat(world.out()).isEqualTo("db-1  | x\n");
    }

    @Test
    void guessesTheFlagThatWasMeant() {
        assertThat(world.run("up", "--detatch")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("unknown flag: --detatch (did you mean \"--detach\"?)\n");
    }

    @Test
    void saysWhyACommandMakesNoSenseHere() {
        assertThat(world.run("publish")).isEqualTo(1);
        assertThat(world.err()).startsWith("jcompose has no \"publish\": ");
    }

    @Test
    void helpAboutACommandIsItsHelp() {
        assertThat(world.run("help", "kill")).isZero();
        String help = world.out();

        assertThat(world.run("kill", "--help")).isZero();
        assertThat(world.out()).isEqualTo(help).startsWith("Usage:  jcompose kill [OPTIONS] [SERVICE...]\n");
    }

    @Test
    void helpIsAsWideAsTheTerminal() {
        world.environment.put("COLUMNS", "70");

        world.run("up", "--help");

        assertThat(world.out().lines()).allMatch(line -> line.length() <= 70);
        assertThat(world.out().lines()).anyMatch(line -> line.length() > 60);
    }
}

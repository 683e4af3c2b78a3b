package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.output.WarningLine;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.UpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables of the shell and, below them, those of the project's {@code .env}. */
class VariablesTest {
    @TempDir
    Path folder;

    private TestWorld world;

    @BeforeEach
    void shop() {
        world = TestWorld.with(folder, TestWorld.SHOP + "  tool:\n    image: busybox\n    profiles: [debug]\n");
        world.engine.operation = (request, listener) -> listener.on(new Event(
                FakeEngine.NOW,
                Event.Resource.CONTAINER,
                "shop",
                "0",
                "shop-db-1",
                Event.Action.STARTED,
                Event.Status.DONE,
                "",
                Map.of()));
    }

    /** In the shell, or in .env. */
    private void set(boolean shell, String name, String value) throws Exception {
        if (shell) {
            world.environment.put(name, value);
        } else {
            Files.writeString(folder.resolve(".env"), name + "=" + value + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void progressIsShownAsTheyAsk(boolean shell) throws Exception {
        set(shell, "COMPOSE_PROGRESS", "json");
        world.run("up", "-d");
        assertThat(world.err()).startsWith("{\"id\":\"Container shop-db-1\"");
        world.run("up", "-d", "nope");
        assertThat(world.err()).startsWith("{\"error\":true,");
        world.run("--progress", "quiet", "up", "-d");
        assertThat(world.err()).isEmpty();

        set(shell, "COMPOSE_PROGRESS", "loud");
        assertThat(world.run("ps")).isEqualTo(1);
        assertThat(world.err()).contains("unsupported --progress value \"loud\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void progressGoesToStandardOutputIfTheySay(boolean shell) throws Exception {
        set(shell, "COMPOSE_STATUS_STDOUT", "1");
        world.run("up", "-d");
        assertThat(world.out()).isEqualTo(" Container shop-db-1 Started \n");
        assertThat(world.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyLimitHowMuchIsDoneAtOnce(boolean shell) throws Exception {
        set(shell, "COMPOSE_PARALLEL_LIMIT", "3");
        world.run("up", "-d");
        assertThat(up().execution().parallel()).isEqualTo(3);

        set(shell, "COMPOSE_PARALLEL_LIMIT", "x");
        assertThat(world.run("up", "-d")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("COMPOSE_PARALLEL_LIMIT must be an integer (found: \"x\")\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyRemoveAndIgnoreOrphans(boolean shell) throws Exception {
        set(shell, "COMPOSE_REMOVE_ORPHANS", "true");
        world.run("up", "-d");
        assertThat(up().removeOrphans()).isTrue();
        world.run("down");
        assertThat(((DownRequest) last()).removeOrphans()).isTrue();

        world.environment.remove("COMPOSE_REMOVE_ORPHANS");
        set(shell, "COMPOSE_IGNORE_ORPHANS", "1");
        world.run("up", "-d");
        assertThat(up().ignoreOrphans()).isTrue();
        assertThat(world.run("up", "-d", "--remove-orphans")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyNameTheProjectItsFilesAndItsProfiles(boolean shell) throws Exception {
        set(shell, "COMPOSE_PROJECT_NAME", "other");
        world.run("config", "--format", "json");
        assertThat(world.out()).contains("\"name\": \"other\"");
        world.environment.remove("COMPOSE_PROJECT_NAME");

        set(shell, "COMPOSE_PROFILES", "debug");
        world.run("config", "--services");
        assertThat(world.out()).contains("tool");

        Files.writeString(folder.resolve("a.yaml"), "services: {one: {image: x}}");
        Files.writeString(folder.resolve("b.yaml"), "services: {two: {image: x}}");
        set(shell, "COMPOSE_FILE", "a.yaml:b.yaml");
        world.run("config", "--services");
        assertThat(world.out()).isEqualTo("one\ntwo\n");
        world.environment.put("COMPOSE_PATH_SEPARATOR", ",");
        world.environment.put("COMPOSE_FILE", "a.yaml,b.yaml");
        world.run("config", "--services");
        assertThat(world.out()).isEqualTo("one\ntwo\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyJoinNamesAsComposeOneDid(boolean shell) throws Exception {
        set(shell, "COMPOSE_COMPATIBILITY", "true");
        world.run("up", "-d");
        assertThat(up().projectJson()).contains("\"x-jcompose-separator\":\"_\"");
        world.run("config");
        assertThat(world.out()).doesNotContain("separator");
    }

    @Test
    void theySayWhichEnvFilesAreRead() throws Exception {
        Files.writeString(folder.resolve(".env"), "COMPOSE_PROFILES=debug\n");
        Files.writeString(folder.resolve("none.env"), "A=1\n");
        world.environment.put("COMPOSE_ENV_FILES", "none.env");
        world.run("config", "--services");
        assertThat(world.out()).doesNotContain("tool");

        world.environment.remove("COMPOSE_ENV_FILES");
        world.environment.put("COMPOSE_DISABLE_ENV_FILE", "true");
        world.run("config", "--services");
        assertThat(world.out()).doesNotContain("tool");
    }

    @Test
    void theShellComesBeforeTheFile() throws Exception {
        Files.writeString(folder.resolve(".env"), "COMPOSE_PROGRESS=json\n");
        world.environment.put("COMPOSE_PROGRESS", "plain");
        world.run("up", "-d");
        assertThat(world.err()).isEqualTo(" Container shop-db-1 Started \n");
    }

    @Test
    void aFileThatIsNotValidSpoilsOnlyCommandsThatNeedTheProject() throws Exception {
        Files.writeString(folder.resolve(".env"), "A='unfinished\n");
        assertThat(world.run("version")).isZero();
        assertThat(world.run("ps")).isEqualTo(1);
        assertThat(world.err()).contains(".env");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_COLOR, 1, false",
        "COMPOSE_ANSI, never, false",
        "TERM, dumb, false",
        "TERM, xterm, true",
        "NO_COLOR, '', true",
        "COMPOSE_ANSI, always, true"
    })
    void coloursAreForTerminalsThatTakeThem(String name, String value, boolean colours) {
        world.onTerminal();
        world.environment.put(name, value);
        world.engine.logs = (request, listener) -> listener.on(FakeEngine.line("db-1", LogEntry.Source.STDOUT, "x"));
        world.run("logs");
        assertThat(world.out().contains("\u001b")).isEqualTo(colours);
        world.run("up", "-d");
        assertThat(world.err().contains("\u001b")).isEqualTo(colours);
    }

    @Test
    void aPipeGetsNoColoursUnlessItIsToldTo() {
        world.engine.logs = (request, listener) -> listener.on(FakeEngine.line("db-1", LogEntry.Source.STDOUT, "x"));
        world.run("logs");
        assertThat(world.out()).isEqualTo("db-1  | x\n");
        world.run("--ansi", "always", "logs");
        assertThat(world.out()).startsWith("\u001b[36mdb-1  | \u001b[0mx");
        world.run("--ansi", "always", "logs", "--no-color");
        assertThat(world.out()).isEqualTo("db-1  | x\n");
    }

    @Test
    void warningsAreLinesOfTheLoggerThatPeopleKnow() {
        assertThat(WarningLine.of(java.time.Clock.fixed(FakeEngine.NOW, java.time.ZoneOffset.UTC), "say \"x\""))
                .isEqualTo("time=\"2026-01-02T15:04:05Z\" level=warning msg=\"say \\\"x\\\"\"");
    }

    private UpRequest up() {
        return (UpRequest) last();
    }

    private Object last() {
        return world.engine.requests.get(world.engine.requests.size() - 1);
    }
}

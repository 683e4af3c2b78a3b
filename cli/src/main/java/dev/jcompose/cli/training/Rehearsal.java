package dev.jcompose.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.Jcompose;
import dev.jcompose.cli.world.EngineAccess;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Signals;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.cli.world.World;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.client.EngineClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Types the usual commands to a rehearsal's engine, which is another process: the JVM takes all that is in its archive
 * at every start, so an archive of both would make a command slower. Prints nothing, and needs no privileges.
 */
public final class Rehearsal {
    private static final String COMPOSE_FILE = """
            name: rehearsal
            services:
              db:
                image: postgres:17
                environment: {POSTGRES_PASSWORD: "${PASSWORD:-secret}"}
                volumes: ["data:/var/lib/postgresql/data", "./conf:/conf:ro"]
                healthcheck: {test: ["CMD", "pg_isready"], interval: 5s}
              web:
                image: localhost/host
                command: sh -c "sleep 1"
                ports: ["8080:80"]
                restart: unless-stopped
                depends_on: {db: {condition: service_healthy}}
            volumes:
              data:
            """;

    private static final int POLL_MILLIS = 20;
    private static final int MAX_TRIES = 1000;

    private static final List<List<String>> COMMANDS = List.of(
            List.of("version"),
            List.of("--help"),
            List.of("up", "--help"),
            List.of("config"),
            List.of("config", "--format", "json"),
            List.of("up", "-d"),
            List.of("ps"),
            List.of("ps", "-a", "--format", "json"),
            List.of("logs", "--tail", "10"),
            List.of("images"),
            List.of("ls"),
            List.of("stop"),
            List.of("start"),
            List.of("restart"),
            List.of("down", "-v"),
            List.of("exec", "-T", "web", "true"));

    private final Path socket;
    private final Path folder;
    private final EngineClient client;

    private Rehearsal(Path socket) {
        this.socket = socket;
        this.folder = Objects.requireNonNull(socket.toAbsolutePath().getParent());
        this.client = new EngineClient(socket);
    }

    /**
     * {@code args}: the path of the engine's socket, in a folder for the rehearsal. The engine is stopped at the end.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new Rehearsal(Path.of(args[0])).commands();
    }

    private void commands() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("compose.yaml"), COMPOSE_FILE);
        for (int tries = 0; tries < MAX_TRIES && !Files.exists(socket); tries++) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        for (List<String> command : COMMANDS) {
            new Jcompose(world(command)).run();
        }
        client.stopEngine(true);
    }

    private World world(List<String> command) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        return new World(
                command,
                folder,
                Map.of("HOME", folder.toString()),
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Terminal.NONE,
                new NoSignals(),
                Clock.system(ZoneId.systemDefault()),
                new PlayedEngine());
    }

    private static final class NoSignals implements Signals {
        @Override
        public Registration onInterrupt(Runnable action) {
            return () -> {};
        }

        @Override
        public Registration onSignal(List<String> names, Consumer<String> action) {
            return () -> {};
        }

        @Override
        public Registration onResize(Runnable action) {
            return () -> {};
        }
    }

    private final class PlayedEngine implements EngineAccess {
        @Override
        public EngineApi connect() {
            return client;
        }

        @Override
        public Optional<EngineVersion> running() {
            return Optional.of(client.version());
        }

        @Override
        public boolean stop(boolean force) {
            return false;
        }
    }
}

package dev.jcompose.cli.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Where a rehearsal plays, and what. */
final class Stage {
    /** The usual commands. */
    static final List<List<String>> COMMANDS = List.of(
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

    private Stage() {}

    /** Writes the Compose file beside the engine's socket, and waits for the engine; the folder of both. */
    static Path prepare(Path socket) throws IOException, InterruptedException {
        Path folder = Objects.requireNonNull(socket.toAbsolutePath().getParent());
        Files.writeString(folder.resolve("compose.yaml"), COMPOSE_FILE);
        for (int tries = 0; tries < MAX_TRIES && !Files.exists(socket); tries++) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return folder;
    }
}

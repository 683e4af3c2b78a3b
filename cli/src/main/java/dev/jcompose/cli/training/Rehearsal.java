package dev.jcompose.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.Jcompose;
import dev.jcompose.cli.world.EngineAccess;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Types the usual commands to a rehearsal's engine, which is another process: the JVM takes all that is in its archive
 * at every start, so an archive of both would make a command slower. Prints nothing, and needs no privileges.
 */
public final class Rehearsal {
    private final Path folder;
    private final EngineClient client;

    private Rehearsal(Path folder, EngineClient client) {
        this.folder = folder;
        this.client = client;
    }

    /**
     * {@code args}: the path of the engine's socket, in a folder for the rehearsal. The engine is stopped at the end.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path socket = Path.of(args[0]);
        new Rehearsal(Stage.prepare(socket), new EngineClient(socket)).commands();
    }

    private void commands() {
        for (List<String> command : Stage.COMMANDS) {
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
                Signals.NONE,
                Clock.system(ZoneId.systemDefault()),
                new PlayedEngine());
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

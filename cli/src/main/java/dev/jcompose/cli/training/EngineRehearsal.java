package dev.jcompose.cli.training;

import dev.jcompose.cli.hosted.HostedCommands;
import dev.jcompose.engine.standin.StandInProgram;
import dev.jcompose.engine.training.RehearsalEngine;
import java.io.IOException;
import java.nio.file.Path;

/** The engine of a rehearsal, which also runs commands. */
public final class EngineRehearsal {
    private EngineRehearsal() {}

    /**
     * {@code args}: the path of the socket to serve on, until a client stops the engine. The program that stands in for
     * clients comes to be beside it.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path socket = Path.of(args[0]);
        StandInProgram.write(socket.resolveSibling("stand-in"));
        RehearsalEngine.serve(socket, HostedCommands::new);
    }
}

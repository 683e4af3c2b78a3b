package dev.jcompose.cli.hosted;

import dev.jcompose.engine.EngineMain;

/** The engine's process, which also runs commands. */
public final class EngineWithCommands {
    private EngineWithCommands() {}

    /** Runs until the engine leaves, see {@link EngineMain#main}. */
    public static void main(String[] arguments) throws Exception {
        EngineMain.run(HostedCommands::new);
    }
}

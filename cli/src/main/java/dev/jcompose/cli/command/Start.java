package dev.jcompose.cli.command;

import dev.jcompose.engine.api.EngineApi;
import picocli.CommandLine.Command;

/** {@code start}. */
@Command(name = "start", description = "Start services")
final class Start extends ServicesCommand {
    @Override
    public int run(Session session) {
        run(session, "start", null, null, false, EngineApi::start);
        return 0;
    }
}

package dev.jcompose.cli.command.network;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Removal;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code network rm}. */
@Command(name = "rm", description = "Remove networks that no container uses")
public final class NetworkRm implements ComposeCommand {
    @Option(
            names = {"-f", "--force"},
            description = "A network that is not there is fine")
    boolean force;

    @Parameters(arity = "1..*", paramLabel = "NETWORK")
    List<String> names = new ArrayList<>();

    @Override
    public int run(Session session) {
        EngineApi engine = session.engine();
        return Removal.each(session, names, name -> isRemoved(engine, name));
    }

    private boolean isRemoved(EngineApi engine, String name) {
        try {
            engine.networks().remove(name);
            return true;
        } catch (EngineException e) {
            if (force && e.kind() == Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}

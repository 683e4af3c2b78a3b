package dev.jcompose.cli.command.network;

import dev.jcompose.cli.session.ComposeCommand;
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

    /** One that cannot be removed does not keep the others from it. */
    @Override
    public int run(Session session) {
        EngineApi engine = session.engine();
        int code = 0;
        for (String name : names) {
            try {
                engine.networks().remove(name);
                session.out().println(name);
            } catch (EngineException e) {
                if (!force || e.kind() != Kind.NOT_FOUND) {
                    session.out().flush();
                    session.err().println(e.getMessage());
                    code = 1;
                }
            }
        }
        return code;
    }
}

package dev.jcompose.cli.command.volume;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Removal;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineApi;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code volume rm}. */
@Command(name = "rm", description = "Remove volumes that no container uses, with their data")
public final class VolumeRm implements ComposeCommand {
    @Option(
            names = {"-f", "--force"},
            description = "A volume that is not there is fine")
    boolean force;

    @Parameters(arity = "1..*", paramLabel = "VOLUME")
    List<String> names = new ArrayList<>();

    @Override
    public int run(Session session) {
        EngineApi engine = session.engine();
        return Removal.each(session, names, name -> {
            engine.volumes().remove(name, force);
            return true;
        });
    }
}

package dev.jcompose.cli.command.network;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Inspection;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.NetworkJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code network inspect}. */
@Command(name = "inspect", description = "Display detailed information on networks")
public final class NetworkInspect implements Query {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "json, or a template such as '{{.Driver}}'")
    @Nullable
    String format;

    @Parameters(arity = "1..*", paramLabel = "NETWORK", description = "Names, ids or beginnings of ids")
    List<String> names = new ArrayList<>();

    @Override
    public int run(Session session) {
        List<NetworkSummary> networks = session.engine().networks().list();
        List<JsonObject> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            NetworkSummary.find(networks, name)
                    .ifPresentOrElse(network -> found.add(NetworkJson.write(network)), () -> missing.add(name));
        }
        session.out().print(Inspection.of(format, found));
        if (!missing.isEmpty()) {
            throw new CommandException("network %s not found".formatted(String.join(", ", missing)));
        }
        return 0;
    }
}

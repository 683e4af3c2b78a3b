package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Template;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.NetworkJson;
import dev.jcompose.model.write.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code network inspect}. */
@Command(name = "inspect", description = "Display detailed information on networks")
final class NetworkInspect implements ComposeCommand {
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
        if (format == null) {
            session.out().println(JsonWriter.indented(Objects.requireNonNull(Json.read(Json.write(found)))));
        } else if (format.equals("json")) {
            session.out().println(Json.write(found));
        } else {
            session.out().print(new Template(format).format(found));
        }
        if (!missing.isEmpty()) {
            throw new CommandException("network %s not found".formatted(String.join(", ", missing)));
        }
        return 0;
    }
}

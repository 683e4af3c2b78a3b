package dev.jcompose.cli.command.network;

import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.NetworkFilter;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code network ls}. */
@Command(name = "ls", description = "List networks")
public final class NetworkLs implements Query {
    private static final int COLUMN_WIDTH = 10;

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "KEY=VALUE",
            description = "Only those that match: name, id, driver, label, scope, type, dangling")
    List<String> filters = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, or a template such as '{{.Name}}'")
    String format = "table";

    @Option(names = "--no-trunc", description = "Do not truncate the output")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display network IDs")
    boolean quiet;

    @Override
    public int run(Session session) {
        NetworkFilter filter = filter();
        List<NetworkSummary> networks = session.engine().networks().list().stream()
                .filter(filter::accepts)
                .toList();
        session.out().print(text(networks));
        return 0;
    }

    private NetworkFilter filter() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String text : filters) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new CommandException(
                        "invalid argument \"%s\" for --filter: it must be KEY=VALUE".formatted(text));
            }
            values.computeIfAbsent(text.substring(0, equals), key -> new ArrayList<>())
                    .add(text.substring(equals + 1));
        }
        return new NetworkFilter(values);
    }

    private String text(List<NetworkSummary> networks) {
        if (quiet) {
            return networks.stream().map(network -> id(network) + "\n").collect(Collectors.joining());
        }
        return Listing.of(format, Map.of("ID", "NETWORK ID"))
                .text(
                        () -> table(networks),
                        () -> networks.stream().map(this::json).toList());
    }

    private Table table(List<NetworkSummary> networks) {
        Table table = new Table(COLUMN_WIDTH, List.of("NETWORK ID", "NAME", "DRIVER", "SCOPE"));
        networks.forEach(network -> table.row(List.of(id(network), network.name(), network.driver(), "local")));
        return table;
    }

    private String id(NetworkSummary network) {
        return noTrunc ? network.id() : network.shortId();
    }

    private JsonObject json(NetworkSummary network) {
        return JsonObject.create()
                .put("CreatedAt", network.createdAt().toString())
                .put("Driver", network.driver())
                .put("ID", id(network))
                .put("IPv4", Boolean.toString(network.enableIpv4()))
                .put("IPv6", Boolean.toString(network.enableIpv6()))
                .put("Internal", Boolean.toString(network.internal()))
                .put("Labels", Listing.labels(network.labels()))
                .put("Name", network.name())
                .put("Scope", "local");
    }
}

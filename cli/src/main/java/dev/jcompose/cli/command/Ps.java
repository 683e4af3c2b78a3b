package dev.jcompose.cli.command;

import dev.jcompose.cli.output.ContainerFields;
import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.project.DockerConfig;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ps}. */
@Command(name = "ps", description = "List containers")
final class Ps implements Query {
    private static final List<String> STATES =
            List.of("paused", "restarting", "removing", "running", "dead", "created", "exited");
    private static final int COLUMN_WIDTH = 10;
    /** Over the columns of a template's table. */
    private static final Map<String, String> HEADINGS = Map.of("ID", "CONTAINER ID");

    @Option(
            names = {"-a", "--all"},
            description = "Show all containers, also stopped and one-off ones")
    boolean all;

    @Option(names = "--filter", paramLabel = "KEY=VALUE", description = "Filter services by a property (status)")
    @Nullable
    String filter;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, json, or a template such as '{{.Name}}'")
    @Nullable
    String format;

    @Option(names = "--no-trunc", description = "Don't truncate output")
    boolean noTrunc;

    @Option(
            names = "--orphans",
            paramLabel = "BOOL",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Include orphaned services (not declared by the project)")
    boolean orphans = true;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display IDs")
    boolean quiet;

    @Option(names = "--services", description = "Display services")
    boolean services;

    @Option(names = "--status", paramLabel = "STATUS", description = "Filter services by status")
    List<String> statuses = new ArrayList<>();

    @Parameters(paramLabel = "SERVICE")
    List<String> names = new ArrayList<>();

    @Override
    public int run(Session session) {
        Set<String> wantedStates = states();
        Target target = session.target(names);
        List<ContainerSummary> found = session.engine().containers().list(Optional.of(target.name())).stream()
                .filter(container -> names.isEmpty() || names.contains(container.service()))
                .filter(container -> all || !container.oneOff())
                .filter(container -> all || !wantedStates.isEmpty() || container.isRunning())
                .filter(container -> wantedStates.isEmpty() || wantedStates.contains(container.state()))
                .filter(container -> orphans || !target.isOrphan(container))
                .sorted(Comparator.comparing(ContainerSummary::name))
                .toList();
        session.out().print(text(session, found));
        return 0;
    }

    private Set<String> states() {
        Set<String> states = new HashSet<>(statuses);
        if (filter != null) {
            int equals = filter.indexOf('=');
            if (equals < 0) {
                throw new CommandException("arguments to --filter should be in form KEY=VAL");
            }
            String key = filter.substring(0, equals);
            if (!key.equals("status")) {
                throw new CommandException("unknown filter " + key);
            }
            states.add(filter.substring(equals + 1));
        }
        for (String state : states) {
            if (!STATES.contains(state)) {
                throw new CommandException(
                        "unknown status %s, must be one of %s".formatted(state, String.join(", ", STATES)));
            }
        }
        return states;
    }

    private String text(Session session, List<ContainerSummary> found) {
        ContainerFields fields = new ContainerFields(session.world().clock(), !noTrunc);
        if (quiet) {
            return lines(found.stream().map(ContainerSummary::id).toList());
        }
        if (services) {
            return lines(
                    found.stream().map(ContainerSummary::service).distinct().toList());
        }
        String wanted =
                format != null ? format : DockerConfig.of(session.world()).psFormat();
        return Listing.of(wanted, HEADINGS)
                .text(
                        () -> table(fields, found),
                        () -> found.stream().map(fields::json).toList());
    }

    private static Table table(ContainerFields fields, List<ContainerSummary> found) {
        Table table =
                new Table(COLUMN_WIDTH, List.of("NAME", "IMAGE", "COMMAND", "SERVICE", "CREATED", "STATUS", "PORTS"));
        found.forEach(container -> table.row(fields.cells(container)));
        return table;
    }

    private static String lines(List<?> items) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append(item).append('\n'));
        return text.toString();
    }
}

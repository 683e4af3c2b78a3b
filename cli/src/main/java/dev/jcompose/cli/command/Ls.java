package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ls}. */
@Command(name = "ls", description = "List running compose projects")
final class Ls implements Query {
    private static final int COLUMN_WIDTH = 20;

    @Option(
            names = {"-a", "--all"},
            description = "Show all stopped Compose projects")
    boolean all;

    @Option(names = "--filter", paramLabel = "name=REGEX", description = "Filter output based on conditions provided")
    @Nullable
    String filter;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, or a template such as '{{.Name}}'")
    String format = "table";

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display project names")
    boolean quiet;

    @Override
    public int run(Session session) {
        Predicate<String> names = names();
        List<ProjectSummary> projects = session.engine().projects().list().stream()
                .filter(project -> all || project.status().contains("running"))
                .filter(project -> names.test(project.name()))
                .sorted(Comparator.comparing(ProjectSummary::name))
                .toList();
        if (quiet) {
            projects.forEach(project -> session.out().println(project.name()));
        } else {
            session.out()
                    .print(Listing.ofArray(format, Map.of())
                            .text(
                                    () -> table(projects),
                                    () -> projects.stream().map(Ls::json).toList()));
        }
        return 0;
    }

    private static Table table(List<ProjectSummary> projects) {
        Table table = new Table(COLUMN_WIDTH, List.of("NAME", "STATUS", "CONFIG FILES"));
        projects.forEach(project ->
                table.row(List.of(project.name(), project.status(), String.join(",", project.configFiles()))));
        return table;
    }

    private Predicate<String> names() {
        if (filter == null) {
            return name -> true;
        }
        if (!filter.startsWith("name=")) {
            throw new CommandException("invalid filter '%s'".formatted(filter.replaceFirst("=.*", "")));
        }
        try {
            return Pattern.compile(filter.substring("name=".length())).asPredicate();
        } catch (PatternSyntaxException e) {
            throw new CommandException("invalid filter '%s': %s".formatted(filter, e.getDescription()));
        }
    }

    private static JsonObject json(ProjectSummary project) {
        return JsonObject.create()
                .put("Name", project.name())
                .put("Status", project.status())
                .put("ConfigFiles", String.join(",", project.configFiles()));
    }
}

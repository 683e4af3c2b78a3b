package dev.jcompose.cli.command.volume;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.VolumeSummary;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code volume ls}. */
@Command(name = "ls", description = "List volumes")
public final class VolumeLs implements Query {
    @Option(
            names = {"-f", "--filter"},
            paramLabel = "KEY=VALUE",
            description = "Only those that match: name, driver, label, dangling")
    List<String> filters = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, or a template such as '{{.Name}}'")
    String format = "table";

    @Option(
            names = {"-q", "--quiet"},
            description = "Only display volume names")
    boolean quiet;

    @Override
    public int run(Session session) {
        List<VolumeSummary> volumes = session.engine().volumes().list().stream()
                .filter(volume -> filters.stream().allMatch(filter -> matches(volume, filter)))
                .toList();
        session.out().print(VolumeListing.of(volumes, format, quiet));
        return 0;
    }

    private static boolean matches(VolumeSummary volume, String filter) {
        String key = filter.replaceFirst("=.*", "");
        String value = filter.substring(Math.min(filter.length(), key.length() + 1));
        return switch (key) {
            case "name" -> volume.name().contains(value);
            case "driver" -> volume.driver().equals(value);
            case "dangling" -> volume.users().isEmpty() == (value.equals("true") || value.equals("1"));
            case "label" -> {
                String label = value.replaceFirst("=.*", "");
                yield volume.labels().containsKey(label)
                        && (!value.contains("=")
                                || value.equals(label + "=" + volume.labels().get(label)));
            }
            default ->
                throw new CommandException(
                        "invalid filter '%s': name, driver, label and dangling are known".formatted(key));
        };
    }
}

package dev.jcompose.cli.command.volume;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Inspection;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code volume inspect}. */
@Command(name = "inspect", description = "Display detailed information on volumes")
public final class VolumeInspect implements Query {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "A template such as '{{.Mountpoint}}'")
    @Nullable
    String format;

    @Parameters(arity = "1..*", paramLabel = "VOLUME")
    List<String> names = new ArrayList<>();

    @Override
    public int run(Session session) {
        List<VolumeSummary> volumes = session.engine().volumes().list();
        List<JsonObject> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            volumes.stream()
                    .filter(volume -> volume.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(volume -> found.add(json(volume)), () -> missing.add(name));
        }
        session.out().print(Inspection.of(format, found));
        if (!missing.isEmpty()) {
            throw new CommandException("no such volume: " + String.join(", ", missing));
        }
        return 0;
    }

    private static JsonObject json(VolumeSummary volume) {
        return JsonObject.create()
                .put("CreatedAt", volume.createdAt().toString())
                .put("Driver", volume.driver())
                .put("Labels", volume.labels())
                .put("Mountpoint", volume.mountpoint())
                .put("Name", volume.name())
                .put("Options", volume.options())
                .put("Scope", "local");
    }
}

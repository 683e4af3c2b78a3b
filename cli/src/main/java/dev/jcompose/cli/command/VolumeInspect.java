package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Template;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.wire.VolumeJson;
import dev.jcompose.model.write.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code volume inspect}. */
@Command(name = "inspect", description = "Display detailed information on volumes")
final class VolumeInspect implements ComposeCommand {
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
        List<VolumeSummary> volumes = session.engine().volumes();
        List<JsonObject> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            volumes.stream()
                    .filter(volume -> volume.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(volume -> found.add(VolumeJson.write(volume)), () -> missing.add(name));
        }
        if (format == null) {
            session.out()
                    .println(JsonWriter.indented(
                            found.stream().map(VolumeInspect::plain).toList()));
        } else {
            session.out().print(new Template(format).format(found));
        }
        if (!missing.isEmpty()) {
            throw new CommandException("no such volume: " + String.join(", ", missing));
        }
        return 0;
    }

    private static Map<String, @Nullable Object> plain(JsonObject volume) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>(volume.members());
        plain.replaceAll((name, value) -> value instanceof Instant time ? time.toString() : value);
        return plain;
    }
}

package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.Inspection;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image inspect}. */
@Command(name = "image inspect", description = "Display detailed information on one or more images")
public final class ImageInspect implements Query {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "A template, or json")
    @Nullable
    String format;

    @Parameters(arity = "1..*", paramLabel = "IMAGE")
    List<String> images = new ArrayList<>();

    @Override
    public int run(Session session) {
        List<JsonObject> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String image : images) {
            try {
                found.add(JsonObject.parse(session.engine().images().inspect(image)));
            } catch (EngineException e) {
                if (e.kind() != EngineException.Kind.NOT_FOUND) {
                    throw e;
                }
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        session.out().print(Inspection.of(format, found));
        problems.forEach(session.err()::println);
        return problems.isEmpty() ? 0 : 1;
    }
}

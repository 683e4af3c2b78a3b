package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scale}. */
@Command(name = "scale", description = "Scale services")
final class Scale implements ComposeCommand {
    @Option(names = "--no-deps", description = "Don't start linked services")
    boolean noDeps;

    @Parameters(arity = "1..*", paramLabel = "SERVICE=REPLICAS")
    List<String> specifiers = new ArrayList<>();

    @Override
    public int run(Session session) {
        Map<String, Integer> replicas = replicas();
        session.target(replicas.keySet());
        var loaded = session.load(replicas.keySet());
        Project project = loaded.project();
        new Target(project.name(), Optional.of(project)).check(replicas.keySet());
        UpRequest request = UpRequest.builder(ProjectWriter.toJson(project))
                .services(replicas.keySet())
                .noDeps(noDeps)
                .scale(replicas)
                .execution(session.execution())
                .build();
        try (Progress progress = session.progress("scale")) {
            session.engine().projects().up(request, progress);
        }
        return 0;
    }

    private Map<String, Integer> replicas() {
        Map<String, Integer> replicas = new TreeMap<>();
        for (String specifier : specifiers) {
            int equals = specifier.indexOf('=');
            if (equals < 0) {
                throw new CommandException("invalid scale specifier: " + specifier);
            }
            try {
                replicas.put(specifier.substring(0, equals), Integer.parseUnsignedInt(specifier.substring(equals + 1)));
            } catch (NumberFormatException e) {
                throw new CommandException("invalid scale specifier: can't parse replica value as int: " + specifier);
            }
        }
        return replicas;
    }
}

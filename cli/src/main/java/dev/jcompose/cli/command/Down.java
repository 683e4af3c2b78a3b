package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code down}. */
@Command(name = "down", description = "Stop and remove containers, networks")
final class Down implements ComposeCommand {
    @Option(names = "--remove-orphans", description = "Remove containers for services not defined in the Compose file")
    boolean removeOrphans;

    @Option(
            names = "--rmi",
            paramLabel = "TYPE",
            defaultValue = "none",
            description = "Remove images used by services: local (without a custom tag) or all")
    String rmi = "none";

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "SECONDS",
            description = "Specify a shutdown timeout in seconds")
    @Nullable
    Integer timeout;

    @Option(
            names = {"-v", "--volumes"},
            description = "Remove named volumes of the Compose file and anonymous volumes of containers")
    boolean volumes;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        if (!Set.of("none", "all", "local").contains(rmi)) {
            throw new CommandException("invalid value for --rmi: \"%s\"".formatted(rmi));
        }
        Target target = session.target(services);
        EngineApi engine = session.engine();
        DownRequest request = new DownRequest(
                target.name(),
                target.project().map(ProjectWriter::toJson).orElse(null),
                Set.copyOf(services),
                volumes,
                removeOrphans || session.world().flag("COMPOSE_REMOVE_ORPHANS"),
                rmi,
                timeout,
                session.execution());
        try (Progress progress = session.progress("down")) {
            engine.projects().down(request, progress);
        }
        return 0;
    }
}

package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.OwnEvents;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.CommitRequest;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code commit}. */
@Command(name = "commit", description = "Create a new image from a service container's changes")
final class Commit implements ComposeCommand {
    @Option(
            names = {"-a", "--author"},
            paramLabel = "AUTHOR",
            description = "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")")
    String author = "";

    @Option(
            names = {"-c", "--change"},
            paramLabel = "INSTRUCTION",
            description = "Apply Dockerfile instruction to the created image")
    List<String> changes = new ArrayList<>();

    @Option(
            names = "--index",
            paramLabel = "N",
            description = "Index of the container if service has multiple replicas")
    int index;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "MESSAGE",
            description = "Commit message")
    String message = "";

    @Option(
            names = {"-p", "--pause"},
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            paramLabel = "BOOL",
            arity = "0..1",
            description = "Pause container during commit")
    boolean pause = true;

    @Parameters(index = "0", paramLabel = "SERVICE")
    String service = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "REPOSITORY[:TAG]")
    @Nullable
    String reference;

    @Override
    public int run(Session session) {
        Target target = session.target(List.of(service));
        EngineApi engine = session.engine();
        ContainerSummary container = ContainerSelection.candidates(engine, target, service, index, false)
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        index == 0
                                ? "no container found for service \"%s\"".formatted(service)
                                : "no container found for service \"%s\" with index %d".formatted(service, index)));
        if (session.options().isDryRun()) {
            try (Progress progress = session.progress("commit")) {
                OwnEvents events = new OwnEvents(session, target.name(), progress);
                events.container(container, "Committing", Event.Status.WORKING);
                events.container(container, "Committed", Event.Status.DONE);
            }
            return 0;
        }
        String id = engine.containers()
                .commit(new CommitRequest(
                        container.id(), reference == null ? "" : reference, author, message, changes, pause));
        session.out().println(id);
        return 0;
    }
}

package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ServicesRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** What the commands that work on the containers of services have in common. */
abstract class ServicesCommand implements ComposeCommand {
    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    /** One of the engine's operations. */
    @FunctionalInterface
    interface Operation {
        void run(ProjectOperations projects, ServicesRequest request, EventListener listener);
    }

    /** Asks the engine to do it, and shows the progress. */
    final void run(
            Session session,
            String title,
            @Nullable Integer timeoutSeconds,
            @Nullable String signal,
            boolean noDeps,
            Operation operation) {
        Target target = session.target(services);
        run(session, title, new ServicesRequest(target.scope(services), timeoutSeconds, signal, noDeps), operation);
    }

    /** The same with another request, carried out as the options before the command say. */
    static void run(Session session, String title, ServicesRequest asked, Operation operation) {
        ServicesRequest request = asked.with(session.execution());
        ProjectOperations projects = session.engine().projects();
        try (Progress progress = session.progress(title)) {
            operation.run(projects, request, progress);
        }
    }
}

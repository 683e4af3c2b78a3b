package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.WaitCondition;
import dev.jcompose.model.write.ProjectWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wait}. */
@Command(name = "wait", description = "Block until containers of the services stop")
final class Wait implements ComposeCommand {
    @Option(names = "--down-project", description = "Take the project down when the containers have stopped")
    boolean downProject;

    @Parameters(arity = "1..*", paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    private record Ended(
            ContainerSummary container, int code, @Nullable EngineException failure) {}

    @Override
    public int run(Session session) {
        Target target = session.target(services);
        EngineApi engine = session.engine();
        List<ContainerSummary> containers = ContainerSelection.of(engine, target, services, true).stream()
                .filter(ContainerSummary::isRunning)
                .toList();
        if (containers.isEmpty()) {
            throw new CommandException("no containers for project \"%s\"".formatted(target.name()));
        }
        BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
        containers.forEach(container -> watch(engine, container, ends));
        int code = 0;
        for (int i = 0; i < containers.size(); i++) {
            code = next(session, ends);
        }
        if (downProject) {
            String model = target.project().map(ProjectWriter::toJson).orElse(null);
            try (Progress progress = session.progress("down")) {
                engine.projects()
                        .down(new DownRequest(target.name(), model, Set.of(), false, true, "none", null), progress);
            }
        }
        return code;
    }

    private static void watch(EngineApi engine, ContainerSummary container, BlockingQueue<Ended> ends) {
        Thread thread = new Thread(
                () -> {
                    try {
                        int code = engine.containers().await(container.id(), WaitCondition.NOT_RUNNING);
                        ends.add(new Ended(container, code, null));
                    } catch (EngineException e) {
                        ends.add(new Ended(container, 0, e));
                    }
                },
                "wait-" + container.name());
        thread.setDaemon(true);
        thread.start();
    }

    private static int next(Session session, BlockingQueue<Ended> ends) {
        Ended end;
        try {
            end = ends.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.Kind.CANCELLED, "canceled", e);
        }
        if (end.failure() != null) {
            throw end.failure();
        }
        session.out()
                .println("container \"%s\" exited with status code %d"
                        .formatted(end.container().id(), end.code()));
        session.out().flush();
        return end.code();
    }
}

package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}. */
@Command(name = "export", description = "Export a service container's filesystem as a tar archive")
final class Export implements ComposeCommand {
    @Option(names = "--index", paramLabel = "N", description = "Index of the container if the service has several")
    int index;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file, instead of STDOUT")
    @Nullable
    String output;

    @Parameters(paramLabel = "SERVICE")
    String service = "";

    @Override
    public int run(Session session) {
        if (output == null && session.world().terminal().isOutput()) {
            throw new CommandException("output option is required when exporting to terminal");
        }
        Target target = session.target(List.of(service));
        EngineApi engine = session.engine();
        ContainerSummary container = ContainerSelection.candidates(engine, target, service, index, true)
                .findFirst()
                .orElseThrow(() -> new CommandException("no container found for service \"%s\"".formatted(service)));
        if (output == null) {
            engine.containers().export(container.id(), session.out());
            session.out().flush();
            return 0;
        }
        Path file = session.world().directory().resolve(output);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            engine.containers().export(container.id(), out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
        return 0;
    }
}

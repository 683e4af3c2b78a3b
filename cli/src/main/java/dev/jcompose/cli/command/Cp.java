package dev.jcompose.cli.command;

import dev.jcompose.cli.output.ProgressMode;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cp}. */
@Command(
        name = "cp",
        description = "Copy files/folders between a service container and the local filesystem",
        customSynopsis = {
            "jcompose cp [OPTIONS] SERVICE:SRC_PATH DEST_PATH|-",
            "       jcompose cp [OPTIONS] SRC_PATH|- SERVICE:DEST_PATH"
        })
final class Cp implements ComposeCommand {
    @Option(names = "--all", description = "Include containers created by the run command")
    boolean all;

    @Option(
            names = {"-a", "--archive"},
            description = "Archive mode: what is copied belongs to the container's user")
    boolean archive;

    @Option(
            names = {"-L", "--follow-link"},
            description = "Always follow symbol link in SRC_PATH")
    boolean followLink;

    @Option(names = "--index", paramLabel = "N", description = "Index of the container if the service has several")
    int index;

    @Parameters(index = "0", paramLabel = "SRC_PATH")
    String source = "";

    @Parameters(index = "1", paramLabel = "DEST_PATH")
    String destination = "";

    /** {@code SERVICE:PATH}, or a local path; {@code -} is a tar stream. */
    record Place(String service, String path) {
        static Place parse(String text) {
            int colon = text.indexOf(':');
            boolean local = text.startsWith("/") || text.startsWith(".") || colon <= 0;
            return local ? new Place("", text) : new Place(text.substring(0, colon), text.substring(colon + 1));
        }

        boolean isLocal() {
            return service.isEmpty();
        }
    }

    @Override
    public int run(Session session) {
        Place from = Place.parse(source);
        Place to = Place.parse(destination);
        if (from.isLocal() == to.isLocal()) {
            throw new CommandException(
                    from.isLocal() ? "unknown copy direction" : "copying between services is not supported");
        }
        String service = from.isLocal() ? to.service() : from.service();
        Target target = session.target(List.of(service));
        EngineApi engine = session.engine();
        List<ContainerSummary> containers = ContainerSelection.candidates(engine, target, service, index, all)
                .toList();
        if (containers.isEmpty()) {
            throw new CommandException("no container found for service \"%s\"".formatted(service));
        }
        try {
            if (from.isLocal()) {
                CopyInto copy = new CopyInto(session, engine, archive, followLink);
                copy.run(from.path(), containers, to.path());
            } else {
                new CopyOut(session, engine, followLink).run(containers.get(0), from.path(), to.path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return 0;
    }

    /** Tells that it has been copied, or in a dry run would be. */
    static void done(Session session, ContainerSummary container, String from, String to) {
        session.err()
                .println("%s Container %s %s copied to %s "
                        .formatted(ProgressMode.prefix(session.options().isDryRun()), container.name(), from, to));
    }
}

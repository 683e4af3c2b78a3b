package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.model.Project;
import dev.jcompose.model.write.GraphvizWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alpha viz}: the services as a Graphviz graph. Needs no engine. */
@Command(name = "viz", description = "Print a graphviz graph of the compose file")
final class Viz implements Query {
    private static final int MAX_INDENTATION = 100;

    @Option(names = "--image", description = "Include service's image name in output graph")
    boolean image;

    @Option(names = "--networks", description = "Include service's attached networks in output graph")
    boolean networks;

    @Option(names = "--ports", description = "Include service's exposed ports in output graph")
    boolean ports;

    @Option(
            names = "--indentation-size",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of tabs or spaces to use for indentation")
    int indentation;

    @Option(names = "--spaces", description = "Use spaces for indentation instead of tabs")
    boolean spaces;

    @Override
    public int run(Session session) {
        if (indentation < 0 || indentation > MAX_INDENTATION) {
            throw new CommandException("--indentation-size must be between 0 and %d".formatted(MAX_INDENTATION));
        }
        Project project = session.load(List.of()).project();
        String indent = (spaces ? " " : "\t").repeat(indentation);
        session.out().print(new GraphvizWriter(indent, networks, ports, image).write(project));
        return 0;
    }
}

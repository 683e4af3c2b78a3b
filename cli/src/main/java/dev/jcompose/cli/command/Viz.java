package dev.jcompose.cli.command;

import dev.jcompose.model.Project;
import dev.jcompose.model.write.GraphvizWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alpha viz}: the services as a Graphviz graph. Needs no engine. The only one of {@code alpha}'s commands. */
@Command(name = "alpha", description = "Experimental commands: viz prints a graphviz graph of the compose file")
final class Viz implements ComposeCommand {
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

    @Parameters(paramLabel = "COMMAND", description = "viz")
    List<String> names = new ArrayList<>();

    @Override
    public int run(Session session) {
        if (!names.equals(List.of("viz"))) {
            throw new CommandException("jcompose has no \"%s\" yet"
                    .formatted(String.join(" ", names.isEmpty() ? List.of("alpha") : List.of("alpha", names.get(0)))));
        }
        if (indentation < 0 || indentation > MAX_INDENTATION) {
            throw new CommandException("--indentation-size must be between 0 and %d".formatted(MAX_INDENTATION));
        }
        Project project = session.load(List.of()).project();
        String indent = (spaces ? " " : "\t").repeat(indentation);
        session.out().print(new GraphvizWriter(indent, networks, ports, image).write(project));
        return 0;
    }
}

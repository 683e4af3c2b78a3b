package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exec}. */
@Command(name = "exec", description = "Execute a command in a running container")
final class Exec implements ComposeCommand {
    @Option(
            names = {"-d", "--detach"},
            description = "Run command in the background")
    boolean detach;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "Set environment variables")
    List<String> environment = new ArrayList<>();

    @Option(names = "--index", paramLabel = "N", description = "Index of the container if the service has several")
    int index;

    @Option(
            names = {"-i", "--interactive"},
            hidden = true,
            paramLabel = "BOOL",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true")
    boolean interactive = true;

    @Option(
            names = {"-t", "--tty"},
            hidden = true)
    boolean tty;

    @Option(
            names = {"-T", "--no-tty"},
            description = "Disable pseudo-TTY allocation; on by default where there is no terminal")
    boolean noTty;

    @Option(names = "--privileged", description = "Give extended privileges to the process")
    boolean privileged;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "Run the command as this user")
    @Nullable
    String user;

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Path to workdir directory for this command")
    @Nullable
    String workdir;

    @Parameters(index = "0", paramLabel = "SERVICE")
    String service = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND")
    List<String> command = new ArrayList<>();

    @Override
    public int run(Session session) {
        Target target = session.target(List.of(service));
        EngineApi engine = session.engine();
        ContainerSummary container = ContainerSelection.running(engine, target, service, index);
        if (session.options().isDryRun()) {
            rehearse(session, container.name());
            return 0;
        }
        Terminal ours = session.world().terminal();
        boolean withTerminal = !noTty && (tty || (!detach && ours.isInput() && ours.isOutput()));
        Terminal.Size size = withTerminal ? ours.size() : new Terminal.Size(0, 0);
        ExecRequest request = new ExecRequest(
                container.id(),
                command,
                environment(session, withTerminal),
                workdir,
                user,
                privileged,
                withTerminal,
                interactive && !detach,
                detach,
                size.rows(),
                size.columns());
        try (ExecSession exec = engine.containers().exec(request)) {
            return detach ? 0 : new Interaction(session, exec, interactive, withTerminal).run();
        }
    }

    private void rehearse(Session session, String container) {
        try (Progress progress = session.progress("exec")) {
            progress.say("Executing command %s in %s%s"
                    .formatted(quoted(command), container, detach ? " (detached mode)" : ""));
        }
    }

    /** As dry runs print a command: {@code ["ls" "-l"]}. */
    static String quoted(List<String> command) {
        return command.stream().map(Json::write).collect(Collectors.joining(" ", "[", "]"));
    }

    private Map<String, String> environment(Session session, boolean withTerminal) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (withTerminal) {
            variables.put("TERM", session.world().variable("TERM", "xterm"));
        }
        for (String variable : environment) {
            int equals = variable.indexOf('=');
            if (equals >= 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            } else if (session.world().environment().containsKey(variable)) {
                variables.put(variable, session.world().variable(variable, ""));
            }
        }
        return variables;
    }
}

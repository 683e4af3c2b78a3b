package dev.jcompose.cli.command;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attach}. */
@Command(
        name = "attach",
        description = "Attach local standard input, output, and error streams to a service's running container")
final class Attach implements ComposeCommand {
    @Option(
            names = "--detach-keys",
            paramLabel = "KEYS",
            defaultValue = "",
            description = "Override the key sequence for detaching from a container: ctrl-p,ctrl-q")
    String detachKeys = "";

    @Option(names = "--index", paramLabel = "N", description = "Index of the container if the service has several")
    int index;

    @Option(names = "--no-stdin", description = "Do not attach STDIN")
    boolean noStdin;

    @Option(
            names = "--sig-proxy",
            paramLabel = "BOOL",
            arity = "0..1",
            defaultValue = "true",
            fallbackValue = "true",
            description = "Proxy all received signals to the process")
    boolean sigProxy = true;

    @Parameters(paramLabel = "SERVICE")
    String service = "";

    @Override
    public int run(Session session) {
        Target target = session.target(List.of(service));
        AtomicReference<@Nullable Instant> seen = new AtomicReference<>();
        return new AnyEngine(session).follow(engine -> {
            try {
                return attach(session, target, engine, seen.get());
            } catch (EngineException e) {
                // What it writes until the next engine is there is for this client too.
                seen.set(session.world().clock().instant());
                throw e;
            }
        });
    }

    /** The container goes on when its engine dies. */
    @Override
    public boolean outlivesEngine() {
        return true;
    }

    @SuppressWarnings("try") // the registration is there to be closed
    private int attach(Session session, Target target, EngineApi engine, @Nullable Instant since) {
        ContainerSummary container = ContainerSelection.running(engine, target, service, index);
        boolean input = !noStdin;
        try (AttachSession streams =
                        engine.containers().attach(new AttachRequest(container.id(), input, since, detachKeys));
                Registration proxy = sigProxy ? new SignalProxy(engine, container.id()).begin(session) : () -> {}) {
            Interaction interaction = new Interaction(session, streams, input, streams.terminal());
            interaction.resize();
            return interaction.run();
        }
    }
}

package dev.jcompose.cli.command;

import dev.jcompose.cli.copy.LocalUnpacking;
import dev.jcompose.cli.copy.StreamBridge;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.PathStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code cp} from a container: where things go is decided as cp(1) does. */
final class CopyOut {
    private final Session session;
    private final EngineApi engine;
    private final boolean followLink;

    CopyOut(Session session, EngineApi engine, boolean followLink) {
        this.session = session;
        this.engine = engine;
        this.followLink = followLink;
    }

    void run(ContainerSummary container, String path, String destination) throws IOException {
        String source = path.startsWith("/") ? path : "/" + path;
        PathStat stat = engine.containers().stat(container.id(), source);
        String name = stat.name();
        if (followLink && stat.isLink()) {
            String link = stat.linkTarget();
            source = link.startsWith("/") ? link : source.substring(0, source.lastIndexOf('/') + 1) + link;
            stat = engine.containers().stat(container.id(), source);
        }
        if (destination.equals("-") && !session.options().isDryRun()) {
            toStandardOutput(container, source);
            return;
        }
        boolean contentOnly =
                stat.isDirectory() && (source.endsWith("/.") || stat.name().equals("/"));
        Path local = session.world().directory().resolve(destination);
        Path target = target(local, destination, stat, name, contentOnly);
        if (!session.options().isDryRun()) {
            receive(container, source, target, contentOnly);
        }
        Cp.done(session, container, container.name() + ":" + path, destination);
    }

    private void toStandardOutput(ContainerSummary container, String source) {
        if (session.world().terminal().isOutput()) {
            throw new CommandException("refused to write a tar archive to a terminal: redirect the output");
        }
        engine.containers().copyFrom(container.id(), source, session.out());
        session.out().flush();
    }

    private static Path target(Path local, String destination, PathStat stat, String name, boolean contentOnly) {
        if (Files.isDirectory(local)) {
            return contentOnly ? local : local.resolve(name);
        }
        if (Files.exists(local) && stat.isDirectory()) {
            throw new CommandException("cannot copy a directory over the file " + local);
        }
        if (!Files.exists(local) && !stat.isDirectory() && destination.endsWith("/")) {
            throw new CommandException("no such directory: " + local);
        }
        Path parent = local.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new CommandException("no such directory: " + parent);
        }
        return local;
    }

    private void receive(ContainerSummary container, String source, Path target, boolean contentOnly)
            throws IOException {
        try (StreamBridge bridge =
                StreamBridge.from(out -> engine.containers().copyFrom(container.id(), source, out))) {
            new LocalUnpacking(target, contentOnly).unpack(bridge.input());
            bridge.check();
        }
    }
}

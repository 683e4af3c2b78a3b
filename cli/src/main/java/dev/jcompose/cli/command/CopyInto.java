package dev.jcompose.cli.command;

import dev.jcompose.cli.copy.LocalPacking;
import dev.jcompose.cli.copy.StreamBridge;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.PathStat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code cp} to containers: where things go is decided as cp(1) does. */
final class CopyInto {
    private final Session session;
    private final EngineApi engine;
    private final boolean archive;
    private final boolean followLink;

    CopyInto(Session session, EngineApi engine, boolean archive, boolean followLink) {
        this.session = session;
        this.engine = engine;
        this.archive = archive;
        this.followLink = followLink;
    }

    /** {@code directory} of the container, and what the source is called there; empty for its content only. */
    private record Destination(String directory, String name) {}

    void run(String source, List<ContainerSummary> containers, String destination) throws IOException {
        if (source.equals("-")) {
            fromStandardInput(containers, destination);
            return;
        }
        Path local = session.world().directory().resolve(source);
        if (followLink || source.endsWith("/")) {
            local = local.toRealPath();
        } else if (!Files.exists(local, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(local.toString(), null, "no such file or directory");
        }
        boolean directory = Files.isDirectory(local, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                || (source.endsWith("/.") && Files.isDirectory(local));
        boolean contentOnly = directory && (source.endsWith("/.") || source.equals("."));
        Path real = contentOnly ? local.toRealPath() : local;
        for (ContainerSummary container : containers) {
            Destination to = destination(container, destination, directory, contentOnly, name(source, real));
            if (!session.options().isDryRun()) {
                send(real, container, to);
            }
            done(source, container, destination);
        }
    }

    private void fromStandardInput(List<ContainerSummary> containers, String destination) throws IOException {
        if (containers.size() > 1) {
            throw new CommandException("standard input can be copied to one container only: choose one with --index");
        }
        if (session.options().isDryRun()) {
            done("-", containers.get(0), destination);
            return;
        }
        InputStream tar = new BufferedInputStream(session.world().in());
        engine.containers().copyTo(containers.get(0).id(), destination, tar, true, archive);
    }

    private static String name(String source, Path local) {
        Path last = Path.of(source).normalize().getFileName();
        return last == null || last.toString().isEmpty() || last.toString().equals("..")
                ? String.valueOf(local.toAbsolutePath().normalize().getFileName())
                : last.toString();
    }

    private Destination destination(
            ContainerSummary container, String path, boolean directory, boolean contentOnly, String name) {
        String place = path.startsWith("/") ? path : "/" + path;
        Optional<PathStat> there = find(container, place);
        if (there.isPresent() && there.get().isLink()) {
            String link = there.get().linkTarget();
            place = link.startsWith("/") ? link : parent(place) + "/" + link;
            there = find(container, place);
        }
        if (there.isPresent() && there.get().isDirectory()) {
            return new Destination(place, contentOnly ? "" : name);
        }
        if (there.isPresent() && directory) {
            throw new CommandException("cannot copy a directory over the file %s".formatted(path));
        }
        if (there.isEmpty() && !directory && path.endsWith("/")) {
            throw new CommandException("no such directory in the container: " + path);
        }
        String clean = place.replaceAll("/+\\.?$", "");
        return new Destination(parent(clean), clean.substring(clean.lastIndexOf('/') + 1));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private Optional<PathStat> find(ContainerSummary container, String path) {
        try {
            return Optional.of(engine.containers().stat(container.id(), path));
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void send(Path local, ContainerSummary container, Destination to) throws IOException {
        try (StreamBridge bridge = StreamBridge.from(out -> pack(local, to.name(), out))) {
            engine.containers().copyTo(container.id(), to.directory(), bridge.input(), true, archive);
            bridge.check();
        }
    }

    private static void pack(Path local, String name, OutputStream out) throws IOException {
        try (LocalPacking packing = new LocalPacking(out)) {
            packing.add(local, name);
        }
    }

    private void done(String source, ContainerSummary container, String destination) {
        Cp.done(session, container, source, container.name() + ":" + destination);
    }
}

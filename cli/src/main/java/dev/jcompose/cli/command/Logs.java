package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Ansi;
import dev.jcompose.cli.output.LogPrinter;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogsRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}. */
@Command(name = "logs", description = "View output from containers")
final class Logs implements Query {
    /** Nobody notices lines that are late by this many, and fewer writes are faster. */
    private static final int LINES_PER_FLUSH = 512;

    @Option(
            names = {"-f", "--follow"},
            description = "Follow log output")
    boolean follow;

    @Option(names = "--index", paramLabel = "N", description = "Index of the container if the service has several")
    @Nullable
    Integer index;

    @Option(names = "--no-color", description = "Produce monochrome output")
    boolean noColor;

    @Option(names = "--no-log-prefix", description = "Don't print prefix in logs")
    boolean noLogPrefix;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Show logs since a time (e.g. 2026-01-02T13:23:37Z) or for a while (e.g. 42m)")
    @Nullable
    String since;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "N",
            defaultValue = "all",
            description = "Number of lines to show from the end of the logs for each container")
    String tail = "all";

    @Option(
            names = {"-t", "--timestamps"},
            description = "Show timestamps")
    boolean timestamps;

    @Option(names = "--until", paramLabel = "TIME", description = "Show logs before a time or a while ago")
    @Nullable
    String until;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    private int lines;

    @Override
    public int run(Session session) {
        Instant now = session.world().clock().instant();
        Integer tailLines = tail();
        Instant from = since == null ? null : TimeArgument.parse("--since", since, now);
        Instant to = until == null ? null : TimeArgument.parse("--until", until, now);
        Target target = session.target(services);
        EngineApi engine = session.engine();
        Ansi ansi = noColor ? new Ansi(false) : session.outAnsi();
        LogPrinter printer = new LogPrinter(session.out(), session.err(), ansi, !noLogPrefix, timestamps);
        printer.expect(engine.containers().list(Optional.of(target.name())).stream()
                .filter(container -> services.isEmpty() || services.contains(container.service()))
                .map(target::shortName)
                .toList());
        LogsRequest request = new LogsRequest(target.name(), Set.copyOf(services), follow, tailLines, from, to, index);
        try {
            new LogReading(session, entry -> print(printer, entry), () -> false).run(engine, request);
        } catch (NobodyReads e) {
            return 0;
        }
        return 0;
    }

    @Override
    public boolean outlivesEngine() {
        return follow;
    }

    private @Nullable Integer tail() {
        if (tail.equals("all")) {
            return null;
        }
        try {
            int number = Integer.parseInt(tail);
            // Docker takes a negative number for all.
            return number < 0 ? null : number;
        } catch (NumberFormatException e) {
            throw new CommandException("invalid value for --tail: \"%s\" is neither a number nor all".formatted(tail));
        }
    }

    private void print(LogPrinter printer, LogEntry entry) {
        printer.on(entry);
        lines++;
        if ((follow || lines % LINES_PER_FLUSH == 0) && !printer.flush()) {
            throw new NobodyReads();
        }
    }

    /** The pipe that the lines went into is closed. */
    private static final class NobodyReads extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}

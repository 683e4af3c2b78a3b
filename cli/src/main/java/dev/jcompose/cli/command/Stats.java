package dev.jcompose.cli.command;

import dev.jcompose.cli.output.HumanSize;
import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.Listing;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stats}. */
@Command(name = "stats", description = "Display a live stream of container(s) resource usage statistics")
final class Stats implements Query {
    private static final int COLUMN_WIDTH = 10;
    private static final int SHORT_ID = 12;
    private static final long FIRST_MILLIS = 500;
    private static final long NEXT_MILLIS = 1000;
    private static final String CLEAR = "\033[H\033[J";

    @Option(
            names = {"-a", "--all"},
            description = "Show all containers (default shows just running)")
    boolean all;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json, or a template such as '{{.Name}}'")
    String format = "table";

    @Option(names = "--no-stream", description = "Disable streaming stats and only pull the first result")
    boolean noStream;

    @Option(names = "--no-trunc", description = "Do not truncate output")
    boolean noTrunc;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    private final Map<String, ContainerStats> before = new HashMap<>();

    @Override
    public int run(Session session) {
        Target target = session.target(services);
        return noStream
                ? show(session, target, session.engine())
                : new AnyEngine(session).follow(engine -> show(session, target, engine));
    }

    /** Containers go on when their engine dies. */
    @Override
    public boolean outlivesEngine() {
        return !noStream;
    }

    private int show(Session session, Target target, EngineApi engine) {
        rows(engine, target);
        pause(FIRST_MILLIS);
        boolean terminal = session.world().terminal().isOutput();
        while (true) {
            List<JsonObject> rows = rows(engine, target);
            session.out().print((terminal && !noStream ? CLEAR : "") + text(rows));
            session.out().flush();
            if (noStream) {
                return 0;
            }
            pause(NEXT_MILLIS);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.Kind.CANCELLED, "canceled", e);
        }
    }

    private List<JsonObject> rows(EngineApi engine, Target target) {
        List<JsonObject> rows = new ArrayList<>();
        for (ContainerSummary container : ContainerSelection.of(engine, target, services, true)) {
            if (all || container.isRunning()) {
                ContainerStats now = engine.containers().stats(container.id());
                ContainerStats last = before.put(container.id(), now);
                rows.add(row(container, now, last == null ? now : last));
            }
        }
        return rows;
    }

    private JsonObject row(ContainerSummary container, ContainerStats now, ContainerStats last) {
        String id = noTrunc ? container.id() : container.id().substring(0, SHORT_ID);
        double memory = now.memoryLimitBytes() == 0 ? 0 : 100.0 * now.usedMemoryBytes() / now.memoryLimitBytes();
        return JsonObject.create()
                .put("BlockIO", HumanSize.of(now.readBytes()) + " / " + HumanSize.of(now.writtenBytes()))
                .put("CPUPerc", percent(now.cpuPercent(last)))
                .put("Container", id)
                .put("ID", id)
                .put("MemPerc", percent(memory))
                .put("MemUsage", binary(now.usedMemoryBytes()) + " / " + binary(now.memoryLimitBytes()))
                .put("Name", container.name())
                .put("NetIO", HumanSize.of(now.receivedBytes()) + " / " + HumanSize.of(now.sentBytes()))
                .put("PIDs", Long.toString(now.pids()));
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    /** In powers of 1024 with four digits: {@code 7.75GiB}. */
    private static String binary(long bytes) {
        List<String> units = List.of("B", "KiB", "MiB", "GiB", "TiB");
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.size() - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = unit == 0 || value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 3;
        String number = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return (decimals == 0 ? number : number.replaceFirst("\\.?0+$", "")) + units.get(unit);
    }

    private String text(List<JsonObject> rows) {
        return Listing.of(format, Map.of("ID", "CONTAINER ID")).text(() -> table(rows), () -> rows);
    }

    private static Table table(List<JsonObject> rows) {
        Table table = new Table(
                COLUMN_WIDTH,
                List.of("CONTAINER ID", "NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %", "NET I/O", "BLOCK I/O", "PIDS"));
        List<String> fields = List.of("ID", "Name", "CPUPerc", "MemUsage", "MemPerc", "NetIO", "BlockIO", "PIDs");
        rows.forEach(row -> table.row(fields.stream().map(row::string).toList()));
        return table;
    }
}

package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code top}. */
@Command(name = "top", description = "Display the running processes")
final class Top implements Query {
    private static final int COLUMN_WIDTH = 0;

    @Parameters(paramLabel = "SERVICE")
    List<String> services = new ArrayList<>();

    @Override
    public int run(Session session) {
        Target target = session.target(services);
        EngineApi engine = session.engine();
        @Nullable Table table = null;
        for (ContainerSummary container : ContainerSelection.of(engine, target, services, false)) {
            if (!container.isRunning()) {
                continue;
            }
            ContainerProcesses processes = engine.containers().top(container.id());
            if (table == null) {
                List<String> titles = new ArrayList<>(List.of("SERVICE", "#"));
                titles.addAll(processes.titles());
                table = new Table(COLUMN_WIDTH, titles);
            }
            for (List<String> process : processes.processes()) {
                List<String> row = new ArrayList<>(List.of(container.service(), Integer.toString(container.number())));
                row.addAll(process);
                table.row(row);
            }
        }
        if (table != null) {
            session.out().print(table);
        }
        return 0;
    }
}

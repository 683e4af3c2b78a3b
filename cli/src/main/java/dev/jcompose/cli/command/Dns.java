package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DnsReport;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dns}: of jcompose only. */
@Command(name = "dns", description = "Show what a service is answered when it asks for a name, and why")
final class Dns implements Query {
    @Option(names = "--index", paramLabel = "N", defaultValue = "1", description = "Index of the container")
    int index = 1;

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            defaultValue = "A",
            description = "Record type: A, AAAA, PTR, SRV, MX, TXT, ...")
    String type = "A";

    @Parameters(index = "0", paramLabel = "SERVICE")
    String service = "";

    @Parameters(index = "1", paramLabel = "NAME")
    String name = "";

    @Override
    public int run(Session session) {
        Target target = session.target(List.of(service));
        ContainerSummary container = session.engine().containers().list(Optional.of(target.name())).stream()
                .filter(one -> one.service().equals(service) && one.number() == index && !one.oneOff())
                .findFirst()
                .orElseThrow(() -> new CommandException("service \"%s\" is not running".formatted(service)));
        DnsReport report = session.engine().dns().resolve(container.id(), name, type);
        session.out().println(report.code());
        report.records().forEach(record -> session.out().println("  " + record));
        session.out().println("because, for container " + report.container() + ":");
        report.reasons().forEach(reason -> session.out().println("  " + reason));
        return report.code().equals("NOERROR") && !report.records().isEmpty() ? 0 : 1;
    }
}

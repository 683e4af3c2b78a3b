package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.Stream;

/** {@code GET /containers/json}: those that run, with {@code all} or a status filter also others; newest first. */
final class ContainerList implements Endpoint {
    private final ContainerFinder finder;
    private final ContainerJson json;

    ContainerList(ContainerFinder finder, ContainerJson json) {
        this.finder = finder;
        this.json = json;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        Filters filters = Filters.parse(exchange.query("filters").orElse(""));
        boolean all = exchange.queryFlag("all") || filters.has("status");
        Stream<ContainerSummary> found = finder.all().stream()
                .filter(container -> all || container.isRunning())
                .filter(filters::accepts)
                .sorted(Comparator.comparing(ContainerSummary::createdAt).reversed());
        exchange.respond(200, found.map(json::listed).toList());
    }
}

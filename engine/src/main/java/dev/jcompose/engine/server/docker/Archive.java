package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.wire.PathStats;
import java.io.IOException;

/** {@code HEAD}, {@code GET} and {@code PUT /containers/{id}/archive}, and {@code GET /containers/{id}/export}. */
final class Archive {
    private static final String TAR = "application/x-tar";

    private final ContainerOperations containers;
    private final ContainerFinder finder;

    Archive(ContainerOperations containers, ContainerFinder finder) {
        this.containers = containers;
        this.finder = finder;
    }

    private String id(Exchange exchange) {
        return finder.get(exchange.parameter("id")).id();
    }

    private static String path(Exchange exchange) {
        return exchange.query("path")
                .filter(path -> !path.isEmpty())
                .orElseThrow(() -> new EngineException(EngineException.Kind.INVALID, "the query has no \"path\""));
    }

    void get(Exchange exchange) throws IOException {
        String id = id(exchange);
        String path = path(exchange);
        PathStat stat = containers.stat(id, path);
        exchange.header(PathStats.HEADER, PathStats.write(stat));
        if (exchange.method().equals("HEAD")) {
            exchange.respondEmpty(200);
        } else {
            containers.copyFrom(id, path, exchange.stream(TAR));
        }
    }

    void put(Exchange exchange) {
        containers.copyTo(
                id(exchange),
                path(exchange),
                exchange.body(),
                exchange.queryFlag("noOverwriteDirNonDir"),
                exchange.queryFlag("copyUIDGID"));
        exchange.respondEmpty(200);
    }

    void export(Exchange exchange) {
        containers.export(id(exchange), exchange.stream(TAR));
    }
}

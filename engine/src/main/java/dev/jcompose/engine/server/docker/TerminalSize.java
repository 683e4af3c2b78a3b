package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.server.http.Exchange;

/** The size of a terminal in a query: {@code h} and {@code w}, in characters. */
final class TerminalSize {
    private TerminalSize() {}

    static int rows(Exchange exchange) {
        return size(exchange, "h");
    }

    static int columns(Exchange exchange) {
        return size(exchange, "w");
    }

    private static int size(Exchange exchange, String name) {
        return exchange.query(name)
                .map(Integer::valueOf)
                .orElseThrow(() ->
                        new EngineException(EngineException.Kind.INVALID, "the query has no \"%s\"".formatted(name)));
    }
}

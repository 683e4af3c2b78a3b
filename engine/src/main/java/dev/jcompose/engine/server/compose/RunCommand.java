package dev.jcompose.engine.server.compose;

import dev.jcompose.engine.host.CommandHost;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;

/** {@code POST /compose/command}: the connection becomes the streams of a command that runs here. */
public final class RunCommand implements Endpoint {
    private final CommandHost host;

    /** Hands all of it over to a host. */
    public RunCommand(CommandHost host) {
        this.host = host;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        JsonObject request = exchange.json();
        OutputStream out = exchange.upgrade("application/vnd.docker.multiplexed-stream");
        host.run(request, exchange.peer(), exchange.body(), out);
    }
}

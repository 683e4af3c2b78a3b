package dev.jcompose.engine.server.compose;

import dev.jcompose.engine.host.CommandHost;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import dev.jcompose.engine.standin.StandInProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;

/**
 * {@code POST /compose/stand-in}: runs the command of the process that asks. It acknowledges the head of the answer
 * with one byte, because it cannot tell the head from what follows; what follows is the call that it ends with, or the
 * end when it is to end by itself.
 */
public final class RunForStandIn implements Endpoint {
    private final CommandHost host;

    /** Hands all of it over to a host. */
    public RunForStandIn(CommandHost host) {
        this.host = host;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        exchange.body().readAllBytes();
        OutputStream out = exchange.upgrade("application/octet-stream");
        InputStream in = exchange.body();
        if (in.read() < 0) {
            return;
        }
        OptionalInt code = host.runFor(exchange.peer(), in);
        if (code.isPresent()) {
            out.write(StandInProgram.verdict(code.getAsInt()));
        }
    }
}

package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /containers/{id}/exec}: remembers what is to be run, and starts nothing. */
final class ExecCreate implements Endpoint {
    private final ContainerFinder finder;
    private final Execs execs;

    ExecCreate(ContainerFinder finder, Execs execs) {
        this.finder = finder;
        this.execs = execs;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        JsonObject json = exchange.json();
        ContainerSummary container = finder.get(exchange.parameter("id"));
        if (!container.isRunning()) {
            throw new EngineException(
                    EngineException.Kind.CONFLICT, "container %s is not running".formatted(container.name()));
        }
        List<String> command = json.strings("Cmd");
        if (command.isEmpty()) {
            throw new EngineException(EngineException.Kind.INVALID, "No exec command specified");
        }
        Exec exec = execs.create(
                container.id(),
                new ExecRequest(
                        container.id(),
                        command,
                        environment(json.strings("Env")),
                        json.stringOrNull("WorkingDir"),
                        json.stringOrNull("User"),
                        json.flag("Privileged"),
                        json.flag("Tty"),
                        json.flag("AttachStdin"),
                        false,
                        0,
                        0,
                        json.string("DetachKeys", "")));
        exchange.respond(201, JsonObject.create().put("Id", exec.id()));
    }

    private static Map<String, String> environment(List<String> entries) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                environment.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return environment;
    }
}

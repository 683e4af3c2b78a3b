package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.server.http.Endpoint;
import dev.jcompose.engine.server.http.Exchange;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /containers/{id}/start} and its like: 204 when done, 304 when there is nothing to do. The engine works by
 * service, so a container that is one of several replicas is refused.
 */
final class ContainerAction implements Endpoint {
    private final Containers containers;
    private final Operation operation;
    private final Predicate<ContainerSummary> nothingToDo;

    /** One of the engine's operations on services. */
    @FunctionalInterface
    interface Operation {
        void run(ServicesRequest request, EventListener listener);
    }

    /**
     * Makes one.
     *
     * @param nothingToDo of which containers the client is told that they are as wanted already
     */
    ContainerAction(Containers containers, Operation operation, Predicate<ContainerSummary> nothingToDo) {
        this.containers = containers;
        this.operation = operation;
        this.nothingToDo = nothingToDo;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        ContainerSummary container = containers.get(exchange.parameter("id"));
        if (nothingToDo.test(container)) {
            exchange.respondEmpty(304);
            return;
        }
        long replicas = containers.all().stream()
                .filter(other -> other.project().equals(container.project())
                        && other.service().equals(container.service()))
                .count();
        if (replicas > 1) {
            throw new EngineException(
                    EngineException.Kind.INVALID,
                    "container %s is one of %d of service \"%s\"; only the whole service can be told to do that"
                            .formatted(container.name(), replicas, container.service()));
        }
        operation.run(
                new ServicesRequest(
                        container.project(),
                        Set.of(container.service()),
                        seconds(exchange),
                        exchange.query("signal").orElse("SIGKILL"),
                        true),
                event -> {});
        exchange.respondEmpty(204);
    }

    /** Negative means that the client has no wish. */
    private static @Nullable Integer seconds(Exchange exchange) {
        return exchange.query("t")
                .map(Integer::valueOf)
                .filter(value -> value >= 0)
                .orElse(null);
    }
}

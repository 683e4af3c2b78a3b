package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import java.util.List;
import java.util.Optional;

/** Finds containers the way Docker's clients name them. */
final class ContainerFinder {
    private final EngineApi engine;

    ContainerFinder(EngineApi engine) {
        this.engine = engine;
    }

    /** All, running or not. */
    List<ContainerSummary> all() {
        return engine.containers().list(Optional.empty());
    }

    /**
     * The one of that id, name (with or without a leading slash), or unambiguous beginning of an id, in this order.
     *
     * @throws EngineException of kind NOT_FOUND
     */
    ContainerSummary get(String reference) {
        String name = reference.startsWith("/") ? reference.substring(1) : reference;
        List<ContainerSummary> all = all();
        return all.stream()
                .filter(container ->
                        container.id().equals(name) || container.name().equals(name))
                .findFirst()
                .or(() -> byPrefix(all, name))
                .orElseThrow(() -> new EngineException(
                        EngineException.Kind.NOT_FOUND, "No such container: %s".formatted(reference)));
    }

    private static Optional<ContainerSummary> byPrefix(List<ContainerSummary> all, String prefix) {
        List<ContainerSummary> matching = all.stream()
                .filter(container -> !prefix.isEmpty() && container.id().startsWith(prefix))
                .toList();
        return matching.size() == 1 ? Optional.of(matching.get(0)) : Optional.empty();
    }
}

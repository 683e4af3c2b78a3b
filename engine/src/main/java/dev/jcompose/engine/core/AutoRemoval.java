package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.engine.event.Events;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the containers of {@code run --rm} when they have ended, whether their client is still there or not. */
final class AutoRemoval {
    private static final Logger log = LoggerFactory.getLogger(AutoRemoval.class);

    private final EngineParts parts;

    private AutoRemoval(EngineParts parts) {
        this.parts = parts;
    }

    /** Begins with those that have ended already, under an engine that is gone. */
    static void begin(EngineParts parts) {
        AutoRemoval removal = new AutoRemoval(parts);
        parts.bus().subscribe(removal::happened);
        parts.table().all().forEach(removal::remove);
    }

    private void happened(Event event) {
        if (event.resource() == Event.Resource.CONTAINER && event.action().equals(Event.Action.EXITED)) {
            parts.table().byId(event.id()).ifPresent(this::remove);
        }
    }

    private void remove(Container container) {
        OneOff run = container.config().run();
        if (run != null && run.autoRemove() && container.status().state() == ContainerState.EXITED) {
            // A client that is slow has not read all of the log yet.
            container.clients().whenGone(() -> parts.workers().execute(() -> removeNow(container)));
        }
    }

    private void removeNow(Container container) {
        try {
            parts.stopper().remove(container, true);
            new Events(container.config().project(), parts.clock(), parts.bus())
                    .container(
                            container.config().id(),
                            container.config().name(),
                            Event.Action.REMOVED,
                            Event.Status.DONE,
                            "",
                            Map.of("service", container.config().service()));
        } catch (IOException | EngineException e) {
            log.warn("cannot remove {} after its end: {}", container, e.getMessage());
        }
    }
}

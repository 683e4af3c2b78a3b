package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.event.Events;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells whoever follows the events of further commands in containers: the user's, health checks, hooks. */
public final class ExecEvents {
    private final EventBus bus;
    private final Clock clock;

    public ExecEvents(EventBus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** A command is about to be started. */
    public One created(Container container, List<String> command) {
        One one = new One(container, String.join(" ", command));
        one.tell(Action.EXEC_CREATED, Map.of());
        return one;
    }

    /** What is told of one command further on. */
    public final class One {
        private final Container container;
        private final String command;
        private final String id = UUID.randomUUID().toString().replace("-", "");

        private One(Container container, String command) {
            this.container = container;
            this.command = command;
        }

        /** It runs. */
        public void started() {
            tell(Action.EXEC_STARTED, Map.of());
        }

        /** It has ended. */
        public void died(int exitCode) {
            tell(Action.EXEC_DIED, Map.of("exitCode", Integer.toString(exitCode)));
        }

        private void tell(String action, Map<String, String> more) {
            ContainerConfig config = container.config();
            Map<String, String> attributes = new HashMap<>(more);
            attributes.put("service", config.service());
            attributes.put("execID", id);
            new Events(config.project(), clock, bus)
                    .container(config.id(), config.name(), action, Status.DONE, command, attributes);
        }
    }
}

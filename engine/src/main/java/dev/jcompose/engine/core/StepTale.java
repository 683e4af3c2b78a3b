package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.plan.Operation;
import dev.jcompose.engine.plan.Operation.CreateContainer;
import dev.jcompose.engine.plan.Operation.CreateNetwork;
import dev.jcompose.engine.plan.Operation.CreateVolume;
import dev.jcompose.engine.plan.Operation.KillContainer;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RemoveImage;
import dev.jcompose.engine.plan.Operation.RemoveNetwork;
import dev.jcompose.engine.plan.Operation.RemoveVolume;
import dev.jcompose.engine.plan.Operation.RenameContainer;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.Plan.Step;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a plan does, in the words of {@code docker compose}. The user is told of a container that is made anew as
 * of one thing ({@code Recreate}, {@code Recreated}); whoever follows the engine's events is told of each step.
 */
final class StepTale {
    /** The cause of a start that is none. */
    static final String RUNNING = "running";

    private static final Set<String> USUAL_CAUSES =
            Set.of("not found", "not running", RUNNING, "stop", "down", "restart", "kill", "rm", "scaled down");

    private final ContainerTable table;
    private final Events events;
    private final Events quiet;
    private final Events user;
    /** Names of the containers that are made anew. */
    private final Set<String> replaced = new HashSet<>();

    /**
     * @param events for the user and all others
     * @param quiet not for the user
     * @param user for the user only
     */
    StepTale(Plan plan, ContainerTable table, Events events, Events quiet, Events user) {
        this.table = table;
        this.events = events;
        this.quiet = quiet;
        this.user = user;
        for (Step step : plan.steps()) {
            if (step.operation() instanceof CreateContainer create
                    && !create.replaces().isEmpty()) {
                replaced.add(table.find(create.replaces()).config().name());
            }
        }
    }

    Events events() {
        return events;
    }

    Events user() {
        return user;
    }

    /** What is told of an operation: of what, and its first and last word, empty for none. */
    private record Words(Resource resource, String begin, String end, boolean forUser) {}

    private Words words(Operation operation) {
        if (operation instanceof CreateNetwork) {
            return new Words(Resource.NETWORK, Action.CREATING, Action.CREATED, true);
        }
        if (operation instanceof RemoveNetwork) {
            return new Words(Resource.NETWORK, Action.REMOVING, Action.REMOVED, true);
        }
        if (operation instanceof CreateVolume) {
            return new Words(Resource.VOLUME, Action.CREATING, Action.CREATED, true);
        }
        if (operation instanceof RemoveVolume) {
            return new Words(Resource.VOLUME, Action.REMOVING, Action.REMOVED, true);
        }
        if (operation instanceof RemoveImage) {
            return new Words(Resource.IMAGE, Action.REMOVING, Action.REMOVED, true);
        }
        if (operation instanceof StartContainer) {
            return new Words(Resource.CONTAINER, Action.STARTING, Action.STARTED, true);
        }
        if (operation instanceof KillContainer) {
            return new Words(Resource.CONTAINER, Action.KILLING, Action.KILLED, true);
        }
        boolean forUser = !replaced.contains(operation.subject());
        if (operation instanceof StopContainer) {
            return new Words(Resource.CONTAINER, Action.STOPPING, Action.STOPPED, forUser);
        }
        if (operation instanceof RemoveContainer) {
            return new Words(Resource.CONTAINER, Action.REMOVING, Action.REMOVED, forUser);
        }
        if (operation instanceof RenameContainer) {
            return new Words(Resource.CONTAINER, "", Action.RECREATED, true);
        }
        boolean anew = operation instanceof CreateContainer create
                && !create.replaces().isEmpty();
        return new Words(Resource.CONTAINER, anew ? Action.RECREATE : Action.CREATING, Action.CREATED, true);
    }

    private static String service(Operation operation) {
        if (operation instanceof CreateContainer create) {
            return create.service();
        }
        if (operation instanceof StartContainer start) {
            return start.service();
        }
        if (operation instanceof StopContainer stop) {
            return stop.service();
        }
        if (operation instanceof RemoveContainer remove) {
            return remove.service();
        }
        if (operation instanceof KillContainer kill) {
            return kill.service();
        }
        return operation instanceof RenameContainer rename ? rename.service() : "";
    }

    /** The step begins. */
    void begun(Step step) {
        Words words = words(step.operation());
        if (!words.begin().isEmpty()) {
            boolean obvious = step.operation() instanceof StartContainer || USUAL_CAUSES.contains(step.cause());
            String why = obvious ? "" : step.cause();
            tell(words, words.forUser() ? events : quiet, step.operation(), words.begin(), Status.WORKING, why);
        }
    }

    /** The step has ended, well or with a failure. */
    void ended(Step step, @Nullable Throwable failure) {
        Operation operation = step.operation();
        Words words = words(operation);
        if (failure != null) {
            tell(words, events, operation, Action.ERROR, Status.ERROR, firstLine(StepPerformer.message(failure)));
        } else if (operation instanceof StartContainer) {
            // Of the start itself the supervisor has told, before the container could end.
            String end = step.cause().equals(RUNNING) ? Action.RUNNING : Action.STARTED;
            tell(words, user, operation, end, Status.DONE, "");
        } else {
            boolean anew = words.begin().equals(Action.RECREATE);
            Events told = words.forUser() && !anew ? events : quiet;
            tell(words, told, operation, words.end(), Status.DONE, "");
        }
    }

    /** A hook has printed a line: for those who follow the container's log. */
    void hook(Container container, String line) {
        quiet.container(
                container.config().id(),
                container.config().name(),
                Action.HOOK,
                Status.WORKING,
                line,
                Map.of("service", container.config().service()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private void tell(Words words, Events told, Operation operation, String action, Status status, String detail) {
        if (words.resource() == Resource.CONTAINER) {
            String id = table.byName(operation.subject())
                    .map(container -> container.config().id())
                    .orElse("");
            told.container(id, operation.subject(), action, status, detail, Map.of("service", service(operation)));
        } else {
            told.resource(words.resource(), operation.subject(), action, status, detail);
        }
    }
}

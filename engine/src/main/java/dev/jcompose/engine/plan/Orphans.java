package dev.jcompose.engine.plan;

import dev.jcompose.model.Project;
import java.util.List;
import java.util.Map;

/**
 * Containers of the project that its file does not account for: of services that are in it neither enabled nor
 * disabled, and those of {@code run} that have ended.
 */
final class Orphans {
    private final Project project;
    private final ObservedState observed;
    private final UpOptions options;

    Orphans(Project project, ObservedState observed, UpOptions options) {
        this.project = project;
        this.observed = observed;
        this.options = options;
    }

    /** Adds those to be removed to {@code removed}, or warns of them. */
    void decide(Map<ObservedContainer, String> removed, PlanBuilder plan) {
        List<ObservedContainer> orphans =
                observed.containers().stream().filter(this::isOrphan).toList();
        if (options.removeOrphans()) {
            orphans.forEach(orphan -> removed.put(orphan, "orphan"));
        } else if (!orphans.isEmpty() && !options.ignoreOrphans()) {
            String names = String.join(
                    ", ", orphans.stream().map(ObservedContainer::name).sorted().toList());
            plan.warn("Found orphan containers (" + names
                    + ") for this project. If you removed or renamed this service in your"
                    + " compose file, you can run this command with the --remove-orphans flag to clean it up.");
        }
    }

    private boolean isOrphan(ObservedContainer container) {
        if (container.oneOff()) {
            return !container.running();
        }
        return !project.servicesByName().containsKey(container.service())
                && !project.disabledServices().containsKey(container.service());
    }
}

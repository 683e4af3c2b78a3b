package dev.jcompose.engine.core;

import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.Plan.Step;
import dev.jcompose.engine.plan.PlanExecutor;
import dev.jcompose.model.DependsOn.Condition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Tells the steps of a plan as if they were done, and does nothing. */
final class StepRehearsal implements PlanExecutor.Performer {
    private final Plan plan;
    private final ContainerTable table;
    private final StepTale tale;

    StepRehearsal(Plan plan, ContainerTable table, StepTale tale) {
        this.plan = plan;
        this.table = table;
        this.tale = tale;
    }

    @Override
    public CompletableFuture<Void> perform(Step step) {
        if (step.operation() instanceof AwaitService await) {
            await(await);
        } else if (!(step.operation() instanceof StopContainer stop) || isAlive(stop)) {
            if (!step.cause().equals(StepTale.RUNNING)) {
                tale.begun(step);
            }
            tale.ended(step, null);
        }
        return CompletableFuture.completedFuture(null);
    }

    private boolean isAlive(StopContainer stop) {
        return table.byName(stop.subject())
                .filter(container -> container.status().isAlive())
                .isPresent();
    }

    private void await(AwaitService await) {
        List<String> names = plan.steps().stream()
                .map(Step::operation)
                .filter(operation -> operation instanceof StartContainer start
                        && start.service().equals(await.service()))
                .map(operation -> operation.subject())
                .toList();
        Map<String, String> attributes = Map.of("service", await.service());
        String end = await.condition() == Condition.SERVICE_HEALTHY ? Action.HEALTHY : Action.EXITED;
        for (String name : names) {
            tale.events().container("", name, Action.WAITING, Status.WORKING, "", attributes);
            tale.events().container("", name, end, Status.DONE, "", attributes);
        }
    }
}

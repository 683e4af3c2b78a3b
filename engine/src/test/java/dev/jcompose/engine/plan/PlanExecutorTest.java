package dev.jcompose.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.Execution;
import dev.jcompose.engine.plan.Operation.AwaitService;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RemoveNetwork;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.PlanExecutor.OnFailure;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DependsOn.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlanExecutorTest {
    private int parallel = Execution.UNLIMITED;
    private final Map<String, CompletableFuture<Void>> begun = new HashMap<>();
    private final List<String> order = new ArrayList<>();

    @Test
    void aStepBeginsWhenAllBeforeItAreDone() {
        CompletableFuture<Void> done = execute(diamond(), OnFailure.STOP);
        assertThat(order).containsExactly("a", "b");
        finish("a");
        assertThat(order).containsExactly("a", "b");
        finish("b");
        assertThat(order).containsExactly("a", "b", "c");
        assertThat(done).isNotDone();
        finish("c");
        assertThat(done).isCompleted();
    }

    @Test
    void afterAFailureNothingMoreBeginsAndItIsReportedWhenTheOthersHaveEnded() {
        CompletableFuture<Void> done = execute(diamond(), OnFailure.STOP);
        fail("a", "no a");
        assertThat(done).isNotDone();
        fail("b", "no b");
        assertThat(order).containsExactly("a", "b");
        assertThatThrownBy(done::join)
                .hasRootCauseMessage("no a")
                .cause()
                .hasSuppressedException(new IllegalStateException("no b"));
    }

    @Test
    void tearingDownGoesOnAfterAFailure() {
        CompletableFuture<Void> done = execute(diamond(), OnFailure.CARRY_ON);
        fail("a", "no a");
        finish("b");
        finish("c");
        assertThat(order).containsExactly("a", "b", "c");
        assertThatThrownBy(done::join).hasRootCauseMessage("no a");
    }

    @Test
    void whatCouldNotBeStoppedIsNotRemovedButTheRestIs() {
        PlanBuilder plan = new PlanBuilder();
        int stop = plan.add(new StopContainer("db", "db-1"), "down", List.of());
        int remove = plan.add(new RemoveContainer("db", "db-1", false), "down", List.of(stop));
        plan.add(new RemoveNetwork("net"), "down", List.of(remove));
        CompletableFuture<Void> done = execute(plan.build(), OnFailure.CARRY_ON);
        fail("db-1", "a hook failed");
        finish("net");
        assertThat(order).containsExactly("db-1", "net");
        assertThatThrownBy(done::join).rootCause().hasMessage("a hook failed").hasNoSuppressedExceptions();
    }

    @Test
    void aCancelledPlanBeginsNothingMore() {
        PlanExecutor execution = start(diamond(), OnFailure.STOP);
        execution.cancel();
        finish("a");
        assertThat(execution.done()).isNotDone();
        finish("b");
        assertThat(order).containsExactly("a", "b");
        assertThat(execution.done()).isCompleted();
    }

    @Test
    void aCancelledPlanDoesNotWaitForServices() {
        PlanBuilder plan = new PlanBuilder();
        plan.add(new AwaitService("db", DependsOn.Condition.SERVICE_HEALTHY, true), "test", List.of());
        PlanExecutor execution = start(plan.build(), OnFailure.STOP);
        execution.cancel();
        assertThat(execution.done()).isCompletedExceptionally();
    }

    @Test
    void anEmptyPlanIsDone() {
        assertThat(execute(new PlanBuilder().build(), OnFailure.STOP)).isCompleted();
    }

    private static Plan diamond() {
        PlanBuilder plan = new PlanBuilder();
        int a = plan.add(new StopContainer("a", "a"), "test", List.of());
        int b = plan.add(new StopContainer("b", "b"), "test", List.of());
        plan.add(new StopContainer("c", "c"), "test", List.of(a, b));
        return plan.build();
    }

    @Test
    void noMoreStepsRunAtATimeThanAllowed() {
        parallel = 2;
        PlanBuilder plan = new PlanBuilder();
        for (String name : List.of("a", "b", "c", "d")) {
            plan.add(new StopContainer(name, name), "test", List.of());
        }
        CompletableFuture<Void> done = execute(plan.build(), OnFailure.STOP);
        assertThat(order).containsExactly("a", "b");
        finish("b");
        assertThat(order).containsExactly("a", "b", "c");
        finish("a");
        finish("c");
        finish("d");
        assertThat(done).isCompleted();
    }

    @Test
    void whoWaitsForAServiceTakesNobodysPlace() {
        parallel = 1;
        PlanBuilder plan = new PlanBuilder();
        plan.add(new Operation.AwaitService("db", Condition.SERVICE_HEALTHY, true), "test", List.of());
        plan.add(new StopContainer("a", "a"), "test", List.of());
        CompletableFuture<Void> done = execute(plan.build(), OnFailure.STOP);
        assertThat(order).containsExactly("db", "a");
        finish("a");
        finish("db");
        assertThat(done).isCompleted();
    }

    private CompletableFuture<Void> execute(Plan plan, OnFailure onFailure) {
        return start(plan, onFailure).done();
    }

    private PlanExecutor start(Plan plan, OnFailure onFailure) {
        return PlanExecutor.execute(
                plan,
                step -> {
                    order.add(step.operation().subject());
                    return begun.computeIfAbsent(step.operation().subject(), k -> new CompletableFuture<>());
                },
                onFailure,
                parallel);
    }

    private void finish(String step) {
        Objects.requireNonNull(begun.get(step)).complete(null);
    }

    private void fail(String step, String message) {
        Objects.requireNonNull(begun.get(step)).completeExceptionally(new IllegalStateException(message));
    }
}

package dev.jcompose.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortOrderTest {

    @Test
    void aContainerBeginsAfterThoseWhosePortsItTakesHaveStopped() {
        PlanBuilder plan = new PlanBuilder();
        int stopA = plan.add(new StopContainer("a", "a-1"), "x", List.of());
        plan.add(new StartContainer("a", "a-1"), "x", List.of(stopA));
        int stopB = plan.add(new StopContainer("b", "b-1"), "x", List.of());
        plan.add(new StartContainer("b", "b-1"), "x", List.of(stopB));

        assertThat(PortOrder.arrange(plan.build(), Map.of("a-1", Set.of("b-1"), "b-1", Set.of("a-1"))))
                .hasToString("""
                        [] -> #1 StopContainer a-1, x
                        [] -> #2 StopContainer b-1, x
                        [1, 2] -> #3 StartContainer a-1, x
                        [1, 2] -> #4 StartContainer b-1, x""");
    }

    @Test
    void stepsNeverWaitForEachOther() {
        PlanBuilder builder = new PlanBuilder();
        int startA = builder.add(new StartContainer("a", "a-1"), "x", List.of());
        builder.add(new StopContainer("b", "b-1"), "x", List.of(startA));
        Plan plan = builder.build();

        assertThat(PortOrder.arrange(plan, Map.of("a-1", Set.of("b-1")))).isEqualTo(plan);
    }
}

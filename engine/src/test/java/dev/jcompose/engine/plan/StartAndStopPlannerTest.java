package dev.jcompose.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.plan.ObservedState.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DependsOn.Condition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartAndStopPlannerTest {
    private static final DependsOn STARTED = new DependsOn(Condition.SERVICE_STARTED, false, true);
    private static final DependsOn HEALTHY = new DependsOn(Condition.SERVICE_HEALTHY, false, true);

    @Test
    void startBeginsWithWhatIsNeededThoughNobodyAskedForIt() {
        assertThat(start(
                        Set.of("web"),
                        Map.of("web", Map.of("db", HEALTHY), "db", Map.of("disk", STARTED)),
                        stopped("web"),
                        stopped("db"),
                        stopped("disk"),
                        stopped("other")))
                .isEqualTo("""
                        [] -> #1 StartContainer p-disk-1, not running
                        [1] -> #2 StartContainer p-db-1, not running
                        [2] -> #3 AwaitService db, service_healthy
                        [3] -> #4 StartContainer p-web-1, not running""");
    }

    @Test
    void startLooksAtWhatRunsAndWaitsForItsHealth() {
        assertThat(start(Set.of("web"), Map.of("web", Map.of("db", HEALTHY)), stopped("web"), running("db")))
                .isEqualTo("""
                        [] -> #1 StartContainer p-db-1, running
                        [1] -> #2 AwaitService db, service_healthy
                        [2] -> #3 StartContainer p-web-1, not running""");
    }

    @Test
    void startNeedsNothingOfAServiceThatHasNoContainer() {
        assertThat(start(Set.of("web"), Map.of("web", Map.of("db", HEALTHY)), stopped("web")))
                .isEqualTo("[] -> #1 StartContainer p-web-1, not running");
    }

    @Test
    void containersThatWereMadeFromFilesThatContradictEachOtherStillStartAndStop() {
        Map<String, Map<String, DependsOn>> cycle =
                Map.of("a", Map.of("b", STARTED), "b", Map.of("c", STARTED), "c", Map.of("a", STARTED));
        assertThat(start(Set.of("a", "b", "c"), cycle, stopped("a"), stopped("b"), stopped("c")))
                .hasLineCount(3)
                .contains("p-a-1", "p-b-1", "p-c-1");
        assertThat(StopPlanner.stop(List.of(
                                container("a", true, "b"), container("b", true, "c"), container("c", true, "a")))
                        .toString())
                .hasLineCount(3)
                .contains("p-a-1", "p-b-1", "p-c-1");
    }

    @Test
    void aServiceThatDependsOnItselfStops() {
        assertThat(StopPlanner.stop(List.of(container("a", true, "a"))).toString())
                .isEqualTo("[] -> #1 StopContainer p-a-1, stop");
    }

    @Test
    void aNetworkThatAKeptContainerIsInStays() {
        Plan plan = StopPlanner.down(
                List.of(running("web")),
                List.of(running("old")),
                List.of(new ObservedResource("p_default", "p", ""), new ObservedResource("p_other", "p", "")),
                List.of(),
                false);
        assertThat(plan.toString()).contains("RemoveNetwork p_other").doesNotContain("RemoveNetwork p_default");
        assertThat(plan.warnings()).containsExactly("Network p_default Resource is still in use");
    }

    @Test
    void anonymousVolumesGoOnlyWhenAsked() {
        for (boolean volumes : new boolean[] {true, false}) {
            Plan plan = StopPlanner.down(List.of(running("web")), List.of(), List.of(), List.of(), volumes);
            assertThat(plan.steps().get(1).operation())
                    .isEqualTo(new Operation.RemoveContainer("web", "p-web-1", volumes));
        }
    }

    private static String start(
            Set<String> services, Map<String, Map<String, DependsOn>> dependencies, ObservedContainer... containers) {
        return StartPlanner.start(List.of(containers), services, c -> dependencies.getOrDefault(c.service(), Map.of()))
                .toString();
    }

    private static ObservedContainer running(String service) {
        return container(service, true);
    }

    private static ObservedContainer stopped(String service) {
        return container(service, false);
    }

    private static ObservedContainer container(String service, boolean running, String... dependsOn) {
        return new ObservedContainer(
                "id-" + service,
                "p-" + service + "-1",
                service,
                1,
                false,
                running,
                "hash",
                "image",
                Set.of(dependsOn),
                Set.of("p_default"));
    }
}

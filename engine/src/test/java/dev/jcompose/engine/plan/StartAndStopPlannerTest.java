package dev.jcompose.engine.plan;

import static dev.jcompose.engine.plan.Observed.HEALTHY;
import static dev.jcompose.engine.plan.Observed.RESTART;
import static dev.jcompose.engine.plan.Observed.running;
import static dev.jcompose.engine.plan.Observed.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.plan.StopPlanner.Removal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartAndStopPlannerTest {
    private static final ObservedContainer DB =
            Observed.of("db").dependsOn("disk").notRunning().build();
    private static final ObservedContainer WEB =
            Observed.of("web").dependsOn(Map.of("db", HEALTHY)).notRunning().build();

    @Test
    void startBeginsWithWhatAServiceNeedsAndLeavesOutTheRest() {
        assertThat(start(Set.of("web"), WEB, DB, stopped("disk"), stopped("other")))
                .isEqualTo("""
                        [] -> #1 StartContainer p-disk-1, not running
                        [1] -> #2 StartContainer p-db-1, not running
                        [2] -> #3 AwaitService db, service_healthy
                        [3] -> #4 StartContainer p-web-1, not running""");
    }

    @Test
    void startLooksAtWhatRunsAndWaitsForItsHealth() {
        assertThat(start(Set.of("web"), WEB, running("db"))).isEqualTo("""
                        [] -> #1 StartContainer p-db-1, running
                        [1] -> #2 AwaitService db, service_healthy
                        [2] -> #3 StartContainer p-web-1, not running""");
    }

    @Test
    void startNeedsNothingOfAServiceThatHasNoContainer() {
        assertThat(start(Set.of("web"), WEB)).isEqualTo("[] -> #1 StartContainer p-web-1, not running");
    }

    @Test
    void containersThatWereMadeFromFilesThatContradictEachOtherStillStartAndStop() {
        ObservedContainer a = Observed.of("a").dependsOn("b").build();
        ObservedContainer b = Observed.of("b").dependsOn("c").build();
        ObservedContainer c = Observed.of("c").dependsOn("a").build();
        assertThat(start(Set.of("a", "b", "c"), a, b, c)).hasLineCount(3).contains("p-a-1", "p-b-1", "p-c-1");
        assertThat(StopPlanner.stop(List.of(a, b, c)).toString())
                .hasLineCount(3)
                .contains("p-a-1", "p-b-1", "p-c-1");
    }

    @Test
    void restartLeavesWhatAServiceNeedsAlone() {
        assertThat(restart(Set.of("web"), WEB, DB)).isEqualTo("""
                        [] -> #1 StopContainer p-web-1, restart
                        [1] -> #2 StartContainer p-web-1, restart""");
    }

    @Test
    void whoWantsToBeRestartedWithAServiceStopsBeforeAndStartsAfterIt() {
        ObservedContainer api =
                Observed.of("api").dependsOn(Map.of("db", RESTART)).build();
        ObservedContainer web =
                Observed.of("web").dependsOn(Map.of("api", RESTART)).build();
        assertThat(restart(Set.of("db"), web, api, running("db"), running("other")))
                .isEqualTo("""
                        [] -> #1 StopContainer p-web-1, restart
                        [1] -> #2 StopContainer p-api-1, restart
                        [2] -> #3 StopContainer p-db-1, restart
                        [3] -> #4 StartContainer p-db-1, restart
                        [2, 4] -> #5 StartContainer p-api-1, restart
                        [1, 5] -> #6 StartContainer p-web-1, restart""");
        assertThat(StartPlanner.restart(List.of(web, api, running("db")), Set.of("db"), false)
                        .toString())
                .doesNotContain("p-api-1");
    }

    @Test
    void aDependantThatSomebodyHasStoppedIsNotStartedByARestart() {
        ObservedContainer web =
                Observed.of("web").dependsOn(Map.of("db", RESTART)).notRunning().build();
        assertThat(restart(Set.of("db"), web, running("db"))).doesNotContain("p-web-1");
    }

    @Test
    void replicasAreRestartedSideBySide() {
        assertThat(restart(
                        Set.of("web"),
                        Observed.of("web", 1).build(),
                        Observed.of("web", 2).build()))
                .contains("[] -> #1 StopContainer p-web-1", "[] -> #2 StopContainer p-web-2")
                .contains("[1] -> #3 StartContainer p-web-1", "[2] -> #4 StartContainer p-web-2");
    }

    @Test
    void dependantsStopFirstAndWhatIsIndependentAtTheSameTime() {
        assertThat(StopPlanner.stop(List.of(running("db"), running("cache"), WEB))
                        .toString())
                .isEqualTo("""
                        [] -> #1 StopContainer p-cache-1, stop
                        [] -> #2 StopContainer p-web-1, stop
                        [2] -> #3 StopContainer p-db-1, stop""");
    }

    @Test
    void aServiceThatDependsOnItselfStops() {
        assertThat(StopPlanner.stop(List.of(Observed.of("a").dependsOn("a").build()))
                        .toString())
                .isEqualTo("[] -> #1 StopContainer p-a-1, stop");
    }

    @Test
    void downStopsDependantsFirstAndRemovesTheNetworkLast() {
        Plan plan = StopPlanner.down(new Removal(
                List.of(running("db"), Observed.of("web").dependsOn("db").build()),
                List.of(),
                List.of(new ObservedResource("p_default", "p", "default", "")),
                List.of(new ObservedResource("p_data", "p", "data", "")),
                true,
                List.of("p-web")));
        assertThat(plan.toString()).isEqualTo("""
                        [] -> #1 StopContainer p-web-1, down
                        [1] -> #2 StopContainer p-db-1, down
                        [2] -> #3 RemoveContainer p-db-1, down
                        [1] -> #4 RemoveContainer p-web-1, down
                        [3, 4] -> #5 RemoveNetwork p_default, down
                        [3, 4] -> #6 RemoveVolume p_data, down
                        [3, 4] -> #7 RemoveImage p-web, down""");
    }

    @Test
    void whatAContainerThatStaysUsesStays() {
        Plan plan = StopPlanner.down(new Removal(
                List.of(running("web")),
                List.of(Observed.of("old").volumes("p_data").build()),
                List.of(
                        new ObservedResource("p_default", "p", "default", ""),
                        new ObservedResource("p_shared", "p", "shared", "", List.of("q-web-1")),
                        new ObservedResource("p_other", "p", "other", "")),
                List.of(new ObservedResource("p_data", "p", "data", "")),
                false,
                List.of()));
        assertThat(plan.toString()).contains("RemoveNetwork p_other").doesNotContain("p_default", "p_shared", "p_data");
        assertThat(plan.warnings())
                .containsExactly(
                        "Network p_default Resource is still in use",
                        "Network p_shared Resource is still in use",
                        "Volume p_data Resource is still in use");
    }

    @Test
    void aRunThatHasEndedKeepsItsVolumesAndNoNetwork() {
        Plan plan = StopPlanner.down(new Removal(
                List.of(),
                List.of(Observed.of("once").notRunning().volumes("p_data").build()),
                List.of(new ObservedResource("p_default", "p", "default", "")),
                List.of(new ObservedResource("p_data", "p", "data", "")),
                false,
                List.of()));
        assertThat(plan.toString()).isEqualTo("[] -> #1 RemoveNetwork p_default, down");
        assertThat(plan.warnings()).containsExactly("Volume p_data Resource is still in use");
    }

    @Test
    void anonymousVolumesGoOnlyWhenAsked() {
        for (boolean volumes : new boolean[] {true, false}) {
            Plan plan = StopPlanner.down(
                    new Removal(List.of(running("web")), List.of(), List.of(), List.of(), volumes, List.of()));
            assertThat(plan.steps().get(1).operation())
                    .isEqualTo(new Operation.RemoveContainer("web", "p-web-1", volumes));
        }
    }

    private static String start(Set<String> services, ObservedContainer... containers) {
        return StartPlanner.start(List.of(containers), services).toString();
    }

    private static String restart(Set<String> services, ObservedContainer... containers) {
        return StartPlanner.restart(List.of(containers), services, true).toString();
    }
}

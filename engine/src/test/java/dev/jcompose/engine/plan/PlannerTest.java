package dev.jcompose.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.UpRequest.Recreate;
import dev.jcompose.engine.plan.ObservedState.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.Ipam;
import dev.jcompose.model.Namespaces;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.model.hash.ConfigHash;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Network DEFAULT = new Network(
            "default", "p_default", null, Map.of(), false, false, false, null, null, Ipam.NONE, Map.of(), Map.of());
    private static final ObservedState NOTHING = new ObservedState(List.of(), Map.of(), Map.of());

    private final Service db = service("db").build();
    private final Service web = service("web")
            .dependsOn(Map.of("db", new DependsOn(DependsOn.Condition.SERVICE_HEALTHY, false, true)))
            .build();

    @Test
    void firstTheNetworkThenTheContainersThenTheDependantWhenItsDependencyIsHealthy() {
        assertThat(up(NOTHING, options()).toString()).isEqualTo("""
                        [] -> #1 CreateNetwork p_default, not found
                        [1] -> #2 CreateContainer p-db-1, not found
                        [2] -> #3 StartContainer p-db-1, not found
                        [3] -> #4 AwaitService db, service_healthy
                        [1] -> #5 CreateContainer p-web-1, not found
                        [4, 5] -> #6 StartContainer p-web-1, not found""");
    }

    @Test
    void whatRunsUnchangedIsOnlyLookedAt() {
        ObservedState all = observed(container(db, 1, true), container(web, 1, true));
        assertThat(up(all, options()).toString()).isEqualTo("""
                        [] -> #1 StartContainer p-db-1, running
                        [1] -> #2 AwaitService db, service_healthy
                        [2] -> #3 StartContainer p-web-1, running""");
    }

    @Test
    void aChangedServiceIsMadeAnewAndTheOtherIsNot() {
        ObservedContainer old = new ObservedContainer(
                "id-web", "p-web-1", "web", 1, false, true, "another hash", "", Set.of(), Set.of("p_default"));
        assertThat(up(observed(container(db, 1, true), old), options()).toString())
                .isEqualTo("""
                        [] -> #1 StartContainer p-db-1, running
                        [1] -> #2 AwaitService db, service_healthy
                        [] -> #3 StopContainer p-web-1, configuration changed
                        [3] -> #4 RemoveContainer p-web-1, configuration changed
                        [4] -> #5 CreateContainer p-web-1, configuration changed
                        [2, 5] -> #6 StartContainer p-web-1, configuration changed""");
    }

    @Test
    void aContainerOfAnUnknownServiceIsAnOrphanAndOnlyRemovedWhenAsked() {
        Service old = service("old").build();
        ObservedState state = observed(container(db, 1, true), container(web, 1, true), container(old, 1, true));
        assertThat(up(state, options()).warnings()).singleElement().asString().contains("p-old-1", "--remove-orphans");
        UpOptions removing = new UpOptions(Recreate.DIVERGED, Set.of(), true, true, false, Map.of());
        assertThat(up(state, removing).toString()).endsWith("RemoveContainer p-old-1, orphan");
    }

    @Test
    void theSurplusOfAScaledDownServiceIsRemoved() {
        ObservedState state = observed(container(db, 1, true), container(web, 1, true), container(web, 2, true));
        assertThat(up(state, options()).toString())
                .contains("StopContainer p-web-2, scaled down", "RemoveContainer p-web-2, scaled down");
    }

    @Test
    void whoSharesTheNetworkOfAContainerThatIsMadeAnewIsMadeAnewToo() {
        Service sharing = service("web")
                .networks(Map.of())
                .namespaces(new Namespaces("service:db", null, null, null, null, null))
                .build();
        ObservedContainer old =
                new ObservedContainer("d", "p-db-1", "db", 1, false, true, "another hash", "", Set.of(), Set.of());
        assertThat(up(observed(old, container(sharing, 1, true)), options(), sharing)
                        .toString())
                .contains(
                        "CreateContainer p-db-1, configuration changed", "CreateContainer p-web-1, namespace changed");
        assertThat(up(observed(container(db, 1, true), container(sharing, 1, true)), options(), sharing)
                        .toString())
                .doesNotContain("CreateContainer");
    }

    @Test
    void downStopsDependantsFirstAndRemovesTheNetworkLast() {
        ObservedContainer dependant =
                new ObservedContainer("w", "p-web-1", "web", 1, false, true, "", "", Set.of("db"), Set.of("p_default"));
        Plan plan = StopPlanner.down(
                List.of(container(db, 1, true), dependant),
                List.of(),
                List.of(new ObservedResource("p_default", "p", "")),
                List.of(new ObservedResource("p_data", "p", "")),
                true);
        assertThat(plan.toString()).isEqualTo("""
                        [] -> #1 StopContainer p-web-1, stop
                        [1] -> #2 StopContainer p-db-1, stop
                        [2] -> #3 RemoveContainer p-db-1, down
                        [1] -> #4 RemoveContainer p-web-1, down
                        [3, 4] -> #5 RemoveNetwork p_default, down
                        [3, 4] -> #6 RemoveVolume p_data, down""");
    }

    private Plan up(ObservedState state, UpOptions options) {
        return up(state, options, web);
    }

    private Plan up(ObservedState state, UpOptions options, Service web) {
        Map<String, Service> services = new LinkedHashMap<>();
        services.put("web", web);
        services.put("db", db);
        Project project = new Project(
                "p",
                Path.of("/p"),
                List.of(),
                services,
                Map.of(),
                Map.of("default", DEFAULT),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
        return UpPlanner.plan(project, state, options);
    }

    private static UpOptions options() {
        return new UpOptions(Recreate.DIVERGED, Set.of(), true, false, false, Map.of());
    }

    private static dev.jcompose.model.ServiceBuilder service(String name) {
        return Service.builder(name).image("localhost/host").networks(Map.of("default", ServiceNetwork.DEFAULT));
    }

    private static ObservedContainer container(Service service, int number, boolean running) {
        return new ObservedContainer(
                "id-" + service.name() + number,
                "p-" + service.name() + "-" + number,
                service.name(),
                number,
                false,
                running,
                ConfigHash.of(service),
                "",
                Set.of(),
                Set.of("p_default"));
    }

    private static ObservedState observed(ObservedContainer... containers) {
        return new ObservedState(
                List.of(containers),
                Map.of("p_default", new ObservedResource("p_default", "p", ConfigHash.of(DEFAULT))),
                Map.of());
    }
}

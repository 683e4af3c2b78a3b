package dev.jcompose.engine.plan;

import static dev.jcompose.engine.plan.Observed.HEALTHY;
import static dev.jcompose.engine.plan.Observed.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.UpRequest.ChangedVolumes;
import dev.jcompose.engine.api.UpRequest.Recreate;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.model.Ipam;
import dev.jcompose.model.Namespaces;
import dev.jcompose.model.Network;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceBuilder;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.Volume;
import dev.jcompose.model.hash.ConfigHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UpPlannerTest {
    private static final Network DEFAULT = new Network(
            "default", "p_default", null, Map.of(), false, false, false, null, null, Ipam.NONE, Map.of(), Map.of());
    private static final Volume DATA = new Volume("data", "p_data", null, Map.of(), false, Map.of(), Map.of());

    private final Service db = service("db").build();
    private final Service web = service("web").dependsOn(Map.of("db", HEALTHY)).build();

    private final Map<String, ObservedResource> networks = new LinkedHashMap<>(
            Map.of("p_default", new ObservedResource("p_default", "p", "default", ConfigHash.of(DEFAULT))));
    private final Map<String, ObservedResource> volumes = new LinkedHashMap<>();
    private final Map<String, Volume> declaredVolumes = new LinkedHashMap<>();
    private Set<String> named = Set.of("web", "db");
    private Recreate recreate = Recreate.DIVERGED;
    private Recreate recreateDependencies = Recreate.DIVERGED;
    private ChangedVolumes changedVolumes = ChangedVolumes.KEEP;
    private Map<String, String> imageIds = Map.of();
    private boolean start = true;
    private boolean removeOrphans;
    private boolean ignoreOrphans;
    private boolean renew;

    @Test
    void firstTheNetworkThenTheContainersThenTheDependantWhenItsDependencyIsHealthy() {
        networks.clear();
        assertThat(up()).isEqualTo("""
                        [] -> #1 CreateNetwork p_default, not found
                        [1] -> #2 CreateContainer p-db-1, not found
                        [1] -> #3 CreateContainer p-web-1, not found
                        [1, 2] -> #4 StartContainer p-db-1, not found
                        [4] -> #5 AwaitService db, service_healthy
                        [1, 3, 5] -> #6 StartContainer p-web-1, not found""");
    }

    @Test
    void whatRunsUnchangedIsOnlyLookedAt() {
        assertThat(up(present(db), present(web))).isEqualTo("""
                        [] -> #1 StartContainer p-db-1, running
                        [1] -> #2 AwaitService db, service_healthy
                        [2] -> #3 StartContainer p-web-1, running""");
    }

    @Test
    void theReplacementIsMadeBeforeTheOldContainerStops() {
        ObservedContainer old =
                Observed.of("web").id("0123456789abcdef").hash("another").build();
        assertThat(up(present(db), old)).isEqualTo("""
                        [] -> #1 CreateContainer p-web-1, configuration changed
                        [1] -> #2 StopContainer p-web-1, configuration changed
                        [2] -> #3 RemoveContainer p-web-1, configuration changed
                        [] -> #4 StartContainer p-db-1, running
                        [4] -> #5 AwaitService db, service_healthy
                        [3] -> #6 RenameContainer p-web-1, configuration changed
                        [5, 6] -> #7 StartContainer p-web-1, configuration changed""");
        assertThat(operations(Operation.RenameContainer.class, present(db), old))
                .containsExactly(new Operation.RenameContainer("web", "0123456789ab_p-web-1", "p-web-1"));
    }

    @Test
    void whatIsScaledOrDependsOnOthersOrHasAnotherProfileStaysAsItIs() {
        Service other = db.toBuilder()
                .scale(1)
                .pullPolicy("always")
                .profiles(List.of("x"))
                .build();
        assertThat(upWith(List.of(other), present(db))).isEqualTo("[] -> #1 StartContainer p-db-1, running");
    }

    @Test
    void anotherImageOfTheSameNameMakesANewContainer() {
        imageIds = Map.of("db", "sha256:new");
        assertThat(up(
                        Observed.of("db")
                                .hash(ConfigHash.of(db))
                                .image("sha256:old")
                                .build(),
                        present(web)))
                .contains("CreateContainer p-db-1, image changed")
                .contains("StartContainer p-web-1, running");
    }

    @Test
    void forceIsMeantForTheNamedServicesAndNotForWhatTheyNeed() {
        named = Set.of("web");
        recreate = Recreate.FORCE;
        assertThat(up(present(db), present(web)))
                .contains("CreateContainer p-web-1, forced")
                .doesNotContain("CreateContainer p-db-1");
        recreate = Recreate.DIVERGED;
        recreateDependencies = Recreate.FORCE;
        assertThat(up(present(db), present(web)))
                .contains("CreateContainer p-db-1, forced")
                .doesNotContain("CreateContainer p-web-1");
    }

    @Test
    void noRecreateLeavesEvenWhatHasChanged() {
        recreate = Recreate.NEVER;
        assertThat(up(Observed.of("db").hash("another").build(), present(web))).doesNotContain("CreateContainer");
    }

    @Test
    void aDependantThatWantsItIsRestartedWithWhatIsMadeAnew() {
        Service restarting = service("web").dependsOn(Map.of("db", RESTART)).build();
        assertThat(upWith(
                        List.of(restarting, db),
                        Observed.of("db").hash("another").build(),
                        present(restarting)))
                .isEqualTo("""
                        [] -> #1 CreateContainer p-db-1, configuration changed
                        [] -> #2 StopContainer p-web-1, a service that it depends on is recreated or restarted
                        [1, 2] -> #3 StopContainer p-db-1, configuration changed
                        [3] -> #4 RemoveContainer p-db-1, configuration changed
                        [4] -> #5 RenameContainer p-db-1, configuration changed
                        [5] -> #6 StartContainer p-db-1, configuration changed
                        [2, 6] -> #7 StartContainer p-web-1, a service that it depends on is recreated or restarted""");
    }

    @Test
    void whoSharesTheNetworkOfAContainerThatIsMadeAnewIsRestarted() {
        Service sharing = service("web")
                .networks(Map.of())
                .namespaces(new Namespaces("service:db", null, null, null, null, null))
                .build();
        ObservedContainer sharer =
                Observed.of("web").hash(ConfigHash.of(sharing)).networks().build();
        assertThat(upWith(
                        List.of(sharing, db), Observed.of("db").hash("another").build(), sharer))
                .contains("StopContainer p-web-1", "StartContainer p-web-1")
                .doesNotContain("CreateContainer p-web-1");
        assertThat(upWith(List.of(sharing, db), present(db), sharer)).contains("StartContainer p-web-1, running");
    }

    @Test
    void aDependantThatTheCommandIsNotAboutIsRestartedToo() {
        ObservedContainer other =
                Observed.of("other").dependsOn(Map.of("db", RESTART)).build();
        assertThat(upWith(
                        List.of(db),
                        Map.of("other", service("other").build()),
                        Observed.of("db").hash("x").build(),
                        other))
                .contains("StopContainer p-other-1")
                .contains("[2, 6] -> #7 StartContainer p-other-1");
    }

    @Test
    void newReplicasTakeTheNumbersAfterTheHighest() {
        Service three = db.toBuilder().scale(3).build();
        assertThat(upWith(List.of(three), present(db, 2)))
                .contains("p-db-2, running", "CreateContainer p-db-3", "CreateContainer p-db-4")
                .doesNotContain("p-db-1");
    }

    @Test
    void tooManyReplicasGoOutdatedOnesFirstThenTheHighestNumbers() {
        Service one = db.toBuilder().scale(1).build();
        assertThat(upWith(List.of(one), present(db, 1), present(db, 2)))
                .contains("RemoveContainer p-db-2, scaled down")
                .contains("StartContainer p-db-1, running");
        assertThat(upWith(List.of(one), Observed.of("db", 1).hash("another").build(), present(db, 2)))
                .contains("RemoveContainer p-db-1, scaled down")
                .contains("StartContainer p-db-2, running");
    }

    @Test
    void aContainerOfAnUnknownServiceIsAnOrphanAndOnlyRemovedWhenAsked() {
        ObservedContainer old = Observed.of("old").build();
        Plan plan = plan(List.of(web, db), Map.of(), present(db), present(web), old);
        assertThat(plan.warnings()).singleElement().asString().contains("(p-old-1)", "--remove-orphans");
        ignoreOrphans = true;
        assertThat(plan(List.of(web, db), Map.of(), old).warnings()).isEmpty();
        removeOrphans = true;
        assertThat(up(present(db), present(web), old)).contains("RemoveContainer p-old-1, orphan");
    }

    @Test
    void aServiceThatAProfileSwitchedOffHasNoOrphansAndARunThatGoesOnIsNone() {
        Plan plan = plan(
                List.of(db),
                Map.of("off", service("off").build()),
                present(db),
                Observed.of("off").build(),
                Observed.of("db").name("p-db-run-1").oneOff().build());
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan(
                                List.of(db),
                                Map.of(),
                                present(db),
                                Observed.of("db")
                                        .name("p-db-run-1")
                                        .oneOff()
                                        .notRunning()
                                        .build())
                        .warnings())
                .singleElement()
                .asString()
                .contains("p-db-run-1");
    }

    @Test
    void whoeverGetsAnothersPortStartsWhenThatOneHasStopped() {
        Service a = service("a").ports(List.of(port("81"))).build();
        Service b = service("b").ports(List.of(port("80"))).build();
        String plan = upWith(
                List.of(a, b),
                Observed.of("a").hash("x").claims(Set.of("port 80/tcp")).build(),
                Observed.of("b").hash("x").claims(Set.of("port 81/tcp")).build());
        assertThat(plan)
                .contains("[1] -> #3 StopContainer p-a-1", "[2] -> #4 StopContainer p-b-1")
                .contains("[4, 7] -> #8 StartContainer p-a-1", "[3, 9] -> #10 StartContainer p-b-1");
    }

    @Test
    void containersCanSwapTheirNames() {
        Service a = service("a").containerName("two").build();
        Service b = service("b").containerName("one").build();
        String plan = upWith(
                List.of(a, b),
                Observed.of("a").name("one").hash("x").build(),
                Observed.of("b").name("two").hash("x").build());
        assertThat(plan)
                .contains("#5 RemoveContainer one", "#6 RemoveContainer two")
                .contains("[5, 6] -> #7 RenameContainer two", "[5, 6] -> #9 RenameContainer one");
    }

    @Test
    void aNewContainerWaitsForTheNameThatAnOrphanHas() {
        removeOrphans = true;
        Service renamed = service("new").containerName("web").build();
        assertThat(upWith(List.of(renamed), Observed.of("old").name("web").build()))
                .contains("#2 RemoveContainer web, orphan", "[2] -> #3 CreateContainer web, not found");
    }

    @Test
    void aChangedNetworkIsMadeAnewWhileItsContainersAreStopped() {
        networks.put("p_default", new ObservedResource("p_default", "p", "default", "another"));
        assertThat(upWith(List.of(db), present(db))).isEqualTo("""
                        [] -> #1 CreateContainer p-db-1, network p_default changed
                        [1] -> #2 StopContainer p-db-1, network p_default changed
                        [2] -> #3 RemoveContainer p-db-1, network p_default changed
                        [2] -> #4 RemoveNetwork p_default, configuration changed
                        [4] -> #5 CreateNetwork p_default, configuration changed
                        [3] -> #6 RenameContainer p-db-1, network p_default changed
                        [5, 6] -> #7 StartContainer p-db-1, network p_default changed""");
    }

    @Test
    void aChangedNetworkStopsAndStartsTheOthersInIt() {
        networks.put("p_default", new ObservedResource("p_default", "p", "default", "another"));
        assertThat(upWith(List.of(db), Map.of("web", web), present(db), present(web)))
                .contains("#2 StopContainer p-web-1", "StartContainer p-web-1, network p_default changed")
                .doesNotContain("CreateContainer p-web-1", "RemoveContainer p-web-1");
    }

    @Test
    void aChangedNetworkThatAnotherProjectUsesStays() {
        networks.put("p_default", new ObservedResource("p_default", "p", "default", "another", List.of("q-web-1")));
        Plan plan = plan(List.of(db), Map.of(), present(db));
        assertThat(plan.toString()).isEqualTo("[] -> #1 StartContainer p-db-1, running");
        assertThat(plan.warnings()).singleElement().asString().contains("q-web-1");
    }

    @Test
    void aChangedVolumeStaysOrIsAskedAboutOrIsMadeAnew() {
        declaredVolumes.put("data", DATA);
        volumes.put("p_data", new ObservedResource("p_data", "p", "data", "another"));
        Service storing = service("db").volumes(List.of(mount("data"))).build();
        ObservedContainer there =
                Observed.of("db").hash(ConfigHash.of(storing)).volumes("p_data").build();
        Plan kept = plan(List.of(storing), Map.of(), there);
        assertThat(kept.toString()).isEqualTo("[] -> #1 StartContainer p-db-1, running");
        assertThat(kept.warnings()).singleElement().asString().contains("p_data");
        changedVolumes = ChangedVolumes.ASK;
        assertThat(plan(List.of(storing), Map.of(), there).changedVolumes()).containsExactly("p_data");
        changedVolumes = ChangedVolumes.RECREATE;
        assertThat(upWith(List.of(storing), there))
                .contains("[2] -> #4 RemoveVolume p_data", "[4] -> #5 CreateVolume p_data")
                .contains("[5, 6] -> #7 StartContainer p-db-1, volume p_data changed");
    }

    @Test
    void anInterruptedRecreationIsFinished() {
        ObservedContainer half = Observed.of("db")
                .name("0123456789ab_p-db-1")
                .hash(ConfigHash.of(db))
                .notRunning()
                .replacement()
                .build();
        assertThat(upWith(List.of(db), half)).isEqualTo("""
                        [] -> #1 RenameContainer p-db-1, left by an interrupted recreation
                        [1] -> #2 StartContainer p-db-1, not running""");
        assertThat(upWith(List.of(db), present(db), half))
                .contains("RemoveContainer 0123456789ab_p-db-1, left by an interrupted recreation")
                .contains("StartContainer p-db-1, running");
    }

    @Test
    void anonymousVolumesAreHandedOnUnlessTheyAreToBeRenewed() {
        ObservedContainer old = Observed.of("db").hash("another").build();
        assertThat(operations(Operation.CreateContainer.class, old, present(web)))
                .singleElement()
                .satisfies(create -> assertThat(create.inherit()).isTrue());
        assertThat(operations(Operation.RemoveContainer.class, old, present(web)))
                .containsExactly(new Operation.RemoveContainer("db", "p-db-1", false));
        renew = true;
        assertThat(operations(Operation.RemoveContainer.class, old, present(web)))
                .containsExactly(new Operation.RemoveContainer("db", "p-db-1", true));
    }

    @Test
    void createStartsNothing() {
        start = false;
        assertThat(up()).isEqualTo("""
                        [] -> #1 CreateContainer p-db-1, not found
                        [] -> #2 CreateContainer p-web-1, not found""");
    }

    private String up(ObservedContainer... containers) {
        return upWith(List.of(web, db), containers);
    }

    private String upWith(List<Service> services, ObservedContainer... containers) {
        return upWith(services, Map.of(), containers);
    }

    private String upWith(List<Service> services, Map<String, Service> disabled, ObservedContainer... containers) {
        return plan(services, disabled, containers).toString();
    }

    private <T extends Operation> List<T> operations(Class<T> type, ObservedContainer... containers) {
        List<T> found = new ArrayList<>();
        plan(List.of(web, db), Map.of(), containers).steps().stream()
                .map(Plan.Step::operation)
                .filter(type::isInstance)
                .forEach(operation -> found.add(type.cast(operation)));
        return found;
    }

    private Plan plan(List<Service> services, Map<String, Service> disabled, ObservedContainer... containers) {
        Map<String, Service> enabled = new LinkedHashMap<>();
        services.forEach(service -> enabled.put(service.name(), service));
        Project project = new Project(
                "p",
                Path.of("/p"),
                List.of(),
                enabled,
                disabled,
                Map.of("default", DEFAULT),
                declaredVolumes,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
        return UpPlanner.plan(
                project,
                new ObservedState(List.of(containers), networks, volumes),
                new UpOptions(
                        named,
                        recreate,
                        recreateDependencies,
                        start,
                        removeOrphans,
                        ignoreOrphans,
                        renew,
                        changedVolumes,
                        imageIds,
                        hashes(project)));
    }

    private static Map<String, String> hashes(Project project) {
        return project.services().stream().collect(Collectors.toMap(Service::name, ConfigHash::of));
    }

    private static ServiceBuilder service(String name) {
        return Service.builder(name).image("localhost/host").networks(Map.of("default", ServiceNetwork.DEFAULT));
    }

    private static PortMapping port(String published) {
        return new PortMapping(null, "ingress", null, 80, published, "tcp", null);
    }

    private static ServiceVolume mount(String source) {
        return new ServiceVolume(ServiceVolume.Type.VOLUME, source, "/data", false, null, null, null, null, null);
    }

    private static ObservedContainer present(Service service) {
        return present(service, 1);
    }

    private static ObservedContainer present(Service service, int number) {
        return Observed.of(service.name(), number)
                .hash(ConfigHash.of(service))
                .dependsOn(service.dependencies())
                .build();
    }
}

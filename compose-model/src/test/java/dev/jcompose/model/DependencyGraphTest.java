package dev.jcompose.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DependencyGraphTest {

    private static Service service(String name, String... needs) {
        Map<String, DependsOn> dependencies = new LinkedHashMap<>();
        for (String need : needs) {
            dependencies.put(need, DependsOn.STARTED);
        }
        return Service.builder(name).dependsOn(dependencies).build();
    }

    private static DependencyGraph graph(Service... services) {
        return DependencyGraph.of(List.of(services));
    }

    @Test
    void levelsComeAfterWhatTheyNeed() {
        DependencyGraph graph =
                graph(service("web", "app", "cache"), service("app", "db"), service("db"), service("cache"));

        assertThat(graph.levels()).containsExactly(List.of("db", "cache"), List.of("app"), List.of("web"));
        assertThat(graph.startOrder()).containsExactly("db", "cache", "app", "web");
    }

    @Test
    void knowsNeighboursInBothDirections() {
        DependencyGraph graph = graph(service("a"), service("b", "a"), service("c", "a"));

        assertThat(graph.roots()).containsExactly("a");
        assertThat(graph.dependents("a")).containsExactly("b", "c");
        assertThat(graph.dependencies("b")).containsExactly(Map.entry("a", DependsOn.STARTED));
        assertThat(graph.dependencies("nobody")).isEmpty();
    }

    @Test
    void followsDependenciesToTheEnd() {
        DependencyGraph graph = graph(service("a"), service("b", "a"), service("c", "b"), service("x"));

        assertThat(graph.withDependencies(Set.of("c"))).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void leavesOutDependenciesThatAreNotInTheGraph() {
        assertThat(graph(service("a", "gone")).levels()).containsExactly(List.of("a"));
    }

    @Test
    void cycleIsSearchedInNameOrder() {
        DependencyGraph graph = graph(service("z", "a"), service("b", "a"), service("a", "b"), service("y", "z", "y"));

        assertThat(graph.cycle()).containsExactly("a", "b", "a");
        assertThatThrownBy(graph::levels)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("dependency cycle detected: a -> b -> a");
    }

    @Test
    void serviceThatNeedsItselfIsACycle() {
        assertThat(graph(service("a", "a")).cycle()).containsExactly("a", "a");
    }

    @Test
    void twoPathsToOneServiceAreNoCycle() {
        DependencyGraph graph =
                graph(service("top", "left", "right"), service("left", "end"), service("right", "end"), service("end"));

        assertThat(graph.cycle()).isEmpty();
    }

    /** Each service of a layer needs both of the next: 2^5000 paths, but only 10,000 services. */
    @Test
    @Timeout(60)
    void manyPathsAndLongChainsTakeLinearTime() {
        List<Service> services = new ArrayList<>();
        int layers = 5_000;
        for (int i = 0; i < layers; i++) {
            String[] next = i + 1 < layers ? new String[] {"a" + (i + 1), "b" + (i + 1)} : new String[0];
            services.add(service("a" + i, next));
            services.add(service("b" + i, next));
        }

        DependencyGraph graph = DependencyGraph.of(services);

        assertThat(graph.cycle()).isEmpty();
        assertThat(graph.levels()).hasSize(layers);
    }

    @Test
    void linksNamespacesAndVolumesFromAreDependencies() {
        Service service = Service.builder("a")
                .links(List.of("l:alias"))
                .volumesFrom(List.of("v:ro", "container:other"))
                .namespaces(new Namespaces("service:n", "service:i", "service:p", null, null, null))
                .build();

        assertThat(service.dependencies().keySet()).containsExactly("l", "n", "i", "p", "v");
        assertThat(requireNonNull(service.dependencies().get("n")).restart()).isTrue();
        assertThat(requireNonNull(service.dependencies().get("v")).restart()).isFalse();
    }

    @Test
    void depthFirstPutsEachServiceRightBehindWhatItNeeds() {
        DependencyGraph graph = graph(service("a", "z", "b"), service("b", "z"), service("m"), service("z"));

        assertThat(graph.depthFirst()).containsExactly("z", "b", "a", "m");
        assertThat(graph(service("a", "b"), service("b", "a")).depthFirst()).containsExactly("b", "a");
    }
}

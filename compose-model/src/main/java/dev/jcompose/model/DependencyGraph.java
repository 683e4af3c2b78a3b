package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which service needs which. Immutable. Every operation is linear in services plus dependencies, and its order is that
 * of the services given, so that results are reproducible.
 *
 * <p>A dependency on a service that is not in the graph (switched off by a profile and not required, say) is left out.
 */
public final class DependencyGraph {
    private final Map<String, Map<String, DependsOn>> dependencies = new LinkedHashMap<>();
    private final Map<String, Set<String>> dependents = new LinkedHashMap<>();

    private DependencyGraph(Collection<Service> services) {
        for (Service service : services) {
            dependencies.put(service.name(), new LinkedHashMap<>());
            dependents.put(service.name(), new LinkedHashSet<>());
        }
        for (Service service : services) {
            Map<String, DependsOn> needed = new LinkedHashMap<>();
            service.dependencies().forEach((name, how) -> {
                Set<String> back = dependents.get(name);
                if (back != null) {
                    back.add(service.name());
                    needed.put(name, how);
                }
            });
            dependencies.put(service.name(), needed);
        }
        dependencies.replaceAll((name, to) -> Immutable.map(to));
        dependents.replaceAll((name, from) -> Immutable.set(from));
    }

    /** The graph of these services. Cycles are allowed here; see {@link #cycle}. */
    public static DependencyGraph of(Collection<Service> services) {
        return new DependencyGraph(services);
    }

    /** All services, in the order given. */
    public Set<String> services() {
        return Collections.unmodifiableSet(dependencies.keySet());
    }

    /** What the service needs directly, and how; empty for an unknown service. */
    public Map<String, DependsOn> dependencies(String service) {
        return dependencies.getOrDefault(service, Map.of());
    }

    /** The services that need this one directly; empty for an unknown service. */
    public Set<String> dependents(String service) {
        return dependents.getOrDefault(service, Set.of());
    }

    /** The services that need no other: those that can start at once. */
    public Set<String> roots() {
        Set<String> roots = new LinkedHashSet<>();
        dependencies.forEach((name, to) -> {
            if (to.isEmpty()) {
                roots.add(name);
            }
        });
        return roots;
    }

    /** These services and everything they need, directly or not. */
    public Set<String> withDependencies(Collection<String> services) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(services);
        while (!open.isEmpty()) {
            String name = open.poll();
            if (seen.add(name)) {
                open.addAll(dependencies(name).keySet());
            }
        }
        return seen;
    }

    /**
     * The services in topological levels: all of a level's dependencies are in levels before it.
     *
     * @throws IllegalStateException if there is a cycle; its message shows it
     */
    public List<List<String>> levels() {
        Map<String, Integer> missing = new HashMap<>();
        dependencies.forEach((name, to) -> missing.put(name, to.size()));
        List<List<String>> levels = new ArrayList<>();
        List<String> level = List.copyOf(roots());
        int seen = 0;
        while (!level.isEmpty()) {
            levels.add(level);
            seen += level.size();
            List<String> next = new ArrayList<>();
            for (String name : level) {
                for (String dependent : dependents(name)) {
                    if (missing.merge(dependent, -1, Integer::sum) == 0) {
                        next.add(dependent);
                    }
                }
            }
            level = next;
        }
        if (seen < dependencies.size()) {
            throw new IllegalStateException("dependency cycle detected: " + String.join(" -> ", cycle()));
        }
        return Immutable.list(levels);
    }

    /** All services in an order in which each comes after what it needs. */
    public List<String> startOrder() {
        return levels().stream().flatMap(List::stream).toList();
    }

    /**
     * All services, each directly after those that it needs and that were not there yet; otherwise in the order given.
     * Cycles are fine: a service that is met again while its own dependencies are looked at comes after them.
     */
    public List<String> depthFirst() {
        Set<String> done = new LinkedHashSet<>();
        Set<String> entered = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        for (String start : dependencies.keySet()) {
            open.push(start);
            while (!open.isEmpty()) {
                String name = open.peek();
                if (!entered.add(name)) {
                    done.add(open.pop());
                    continue;
                }
                List<String> needed = new ArrayList<>(dependencies(name).keySet());
                Collections.reverse(needed);
                needed.removeAll(entered);
                needed.forEach(open::push);
            }
        }
        return List.copyOf(done);
    }

    /**
     * A cycle, as {@code [a, b, a]}; empty if there is none. Searched in name order, so it is the same in every run.
     * Needs no stack depth: a long chain of dependencies is fine.
     */
    public List<String> cycle() {
        Set<String> done = new LinkedHashSet<>();
        for (String start : new TreeMap<>(dependencies).keySet()) {
            List<String> cycle = cycleFrom(start, done);
            if (!cycle.isEmpty()) {
                return cycle;
            }
        }
        return List.of();
    }

    private List<String> cycleFrom(String start, Set<String> done) {
        LinkedHashSet<String> path = new LinkedHashSet<>();
        Deque<Deque<String>> pending = new ArrayDeque<>();
        pending.push(new ArrayDeque<>(List.of(start)));
        Deque<String> trail = new ArrayDeque<>();
        while (!pending.isEmpty()) {
            String name = pending.peek().poll();
            if (name == null) {
                pending.pop();
                if (!trail.isEmpty()) {
                    String finished = trail.pop();
                    path.remove(finished);
                    done.add(finished);
                }
            } else if (path.contains(name)) {
                List<String> cycle = new ArrayList<>(path);
                cycle.add(name);
                return cycle.subList(cycle.indexOf(name), cycle.size());
            } else if (!done.contains(name)) {
                path.add(name);
                trail.push(name);
                pending.push(new ArrayDeque<>(new TreeMap<>(dependencies(name)).keySet()));
            }
        }
        return List.of();
    }
}

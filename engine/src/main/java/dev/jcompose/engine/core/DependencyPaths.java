package dev.jcompose.engine.core;

import dev.jcompose.engine.plan.ObservedContainer;
import dev.jcompose.model.Project;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says for whose sake a service is needed: {@code web -> api -> db}. */
final class DependencyPaths {
    /** Nobody needs anything. */
    static final DependencyPaths NONE = new DependencyPaths(Map.of());

    private final Map<String, Set<String>> dependants;

    private DependencyPaths(Map<String, Set<String>> dependants) {
        this.dependants = dependants;
    }

    /** As a file says. */
    static DependencyPaths of(Project project) {
        Map<String, Set<String>> dependants = new TreeMap<>();
        project.services()
                .forEach(service -> service.dependencies()
                        .keySet()
                        .forEach(needed -> dependants
                                .computeIfAbsent(needed, name -> new TreeSet<>())
                                .add(service.name())));
        return new DependencyPaths(dependants);
    }

    /** As containers were made. */
    static DependencyPaths of(Collection<ObservedContainer> containers) {
        Map<String, Set<String>> dependants = new TreeMap<>();
        containers.forEach(container -> container
                .dependsOn()
                .keySet()
                .forEach(needed -> dependants
                        .computeIfAbsent(needed, name -> new TreeSet<>())
                        .add(container.service())));
        return new DependencyPaths(dependants);
    }

    /** The longest way from a service that nobody needs to this one; empty when nobody needs this one. */
    String to(String service) {
        if (dependants.getOrDefault(service, Set.of()).isEmpty()) {
            return "";
        }
        Map<String, String> towards = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(service));
        String farthest = service;
        while (!open.isEmpty()) {
            farthest = open.remove();
            for (String dependant : dependants.getOrDefault(farthest, Set.of())) {
                if (!dependant.equals(service) && towards.putIfAbsent(dependant, farthest) == null) {
                    open.add(dependant);
                }
            }
        }
        List<String> path = new ArrayList<>(List.of(farthest));
        for (String next = towards.get(farthest); next != null; next = towards.get(next)) {
            path.add(next);
        }
        return String.join(" -> ", path);
    }

    /** A line for a message, or nothing. */
    String line(String service) {
        String path = to(service);
        return path.isEmpty() ? "" : "\n  needed by: " + path;
    }

    /** The same failure, saying also who needs the service that could not be started. */
    IOException named(String service, IOException failure) {
        String line = line(service);
        return line.isEmpty() ? failure : new IOException(failure.getMessage() + line, failure);
    }
}

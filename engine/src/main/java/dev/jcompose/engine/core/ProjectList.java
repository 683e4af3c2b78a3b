package dev.jcompose.engine.core;

import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.container.Labels;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The projects that there are: those with containers, and also those of which a forgotten network or volume is all that
 * is left.
 */
final class ProjectList {
    private final ContainerTable table;
    private final NetworkRegistry networks;
    private final VolumeStore volumes;

    ProjectList(ContainerTable table, NetworkRegistry networks, VolumeStore volumes) {
        this.table = table;
        this.networks = networks;
        this.volumes = volumes;
    }

    /** By name. */
    List<ProjectSummary> projects() throws IOException {
        SortedMap<String, ProjectSummary> projects = new TreeMap<>();
        leftovers().forEach((name, counts) -> projects.put(name, new ProjectSummary(name, text(counts), List.of())));
        Map<String, List<Container>> byProject = table.all().stream()
                .collect(Collectors.groupingBy(container -> container.config().project()));
        byProject.forEach((name, containers) ->
                projects.put(name, new ProjectSummary(name, text(states(containers)), configFiles(containers))));
        return List.copyOf(projects.values());
    }

    private static Map<String, Long> states(List<Container> containers) {
        return containers.stream()
                .collect(Collectors.groupingBy(
                        container -> container.status().state().text(), TreeMap::new, Collectors.counting()));
    }

    private static List<String> configFiles(List<Container> containers) {
        return containers.stream()
                .map(container -> container.config().labels().getOrDefault(Labels.CONFIG_FILES, ""))
                .flatMap(files -> Arrays.stream(files.split(",")))
                .filter(file -> !file.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private Map<String, Map<String, Long>> leftovers() throws IOException {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        networks.observed().values().forEach(network -> count(counts, network.project(), "networks"));
        for (Volume volume : volumes.list()) {
            count(counts, volume.labels().getOrDefault(Labels.PROJECT, ""), "volumes");
        }
        return counts;
    }

    private static void count(Map<String, Map<String, Long>> counts, String project, String kind) {
        if (!project.isEmpty()) {
            counts.computeIfAbsent(project, name -> new TreeMap<>()).merge(kind, 1L, Long::sum);
        }
    }

    /** For example {@code exited(1), running(2)}. */
    private static String text(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + "(" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}

package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the containers that a container has volumes from: {@code volumes_from}, theirs as well. */
final class InheritedVolumes {
    private static final String CONTAINER = "container:";

    private final ContainerTable table;

    InheritedVolumes(ContainerTable table) {
        this.table = table;
    }

    /** A container whose volumes are mounted in another one. */
    record Provider(Container container, boolean readOnly) {}

    /** The nearest first. */
    List<Provider> of(Container container) throws IOException {
        List<Provider> providers = new ArrayList<>();
        collect(container, false, providers, new HashSet<>());
        return providers;
    }

    private void collect(Container container, boolean readOnly, List<Provider> providers, Set<Container> seen)
            throws IOException {
        for (String entry : container.service().volumesFrom()) {
            boolean asksReadOnly = entry.endsWith(":ro");
            String name = asksReadOnly || entry.endsWith(":rw") ? entry.substring(0, entry.length() - 3) : entry;
            Container found = find(container, name);
            if (seen.add(found)) {
                providers.add(new Provider(found, readOnly || asksReadOnly));
                collect(found, readOnly || asksReadOnly, providers, seen);
            }
        }
    }

    private Container find(Container container, String name) throws IOException {
        String project = container.config().project();
        return (name.startsWith(CONTAINER)
                        ? table.byName(name.substring(CONTAINER.length()))
                        : table.ofProject(project).stream()
                                .filter(other -> other.config().service().equals(name)
                                        && !other.config().oneOff())
                                .min(Comparator.comparingInt(
                                        other -> other.config().number())))
                .orElseThrow(() -> new IOException("services."
                        + container.config().service() + ".volumes_from: \"" + name + "\" has no container"));
    }
}

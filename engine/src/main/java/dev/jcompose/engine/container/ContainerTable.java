package dev.jcompose.engine.container;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.ProjectIdentity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/** All containers of the engine, by id and by name. Thread-safe. */
public final class ContainerTable {
    private static final Comparator<Container> BY_NAME =
            Comparator.comparing(container -> container.config().name());

    private final ConcurrentMap<String, Container> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Container> byName = new ConcurrentHashMap<>();

    /**
     * Adds a container.
     *
     * @throws EngineException when its name is taken
     */
    public void add(Container container) {
        claim(container.config().name(), container);
        byId.put(container.config().id(), container);
    }

    private void claim(String name, Container container) {
        Container other = byName.putIfAbsent(name, container);
        if (other != null && other != container) {
            throw new EngineException(
                    Kind.CONFLICT,
                    "container name \"" + name + "\" is in use by a container of project \""
                            + other.config().project() + "\"");
        }
    }

    /**
     * Gives a container another name.
     *
     * @throws EngineException when the name is taken; then nothing has changed
     */
    public void rename(Container container, String name) {
        ContainerConfig before = container.config();
        if (before.name().equals(name)) {
            return;
        }
        claim(name, container);
        container.config(before.named(name));
        byName.remove(before.name(), container);
    }

    /** Forgets a container. */
    public void remove(Container container) {
        byId.remove(container.config().id(), container);
        byName.remove(container.config().name(), container);
        container.markRemoved();
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /** All, in no order. */
    public Stream<Container> stream() {
        return byId.values().stream();
    }

    /** All, in the order of their names. */
    public List<Container> all() {
        return stream().sorted(BY_NAME).toList();
    }

    /** Those of a project, in the order of their names. */
    public List<Container> ofProject(String project) {
        return stream()
                .filter(container -> container.config().project().equals(project))
                .sorted(BY_NAME)
                .toList();
    }

    /**
     * Makes sure that the containers of a project's name are its own.
     *
     * @throws EngineException as {@link ProjectIdentity#check}
     */
    public void checkOwn(ProjectIdentity project) {
        project.check(ofProject(project.name()).stream()
                .map(container -> container.project().workingDirectory()));
    }

    /** By the whole id. */
    public Optional<Container> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<Container> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The container with that id, name, or unambiguous beginning of an id.
     *
     * @throws EngineException when there is none, or more than one
     */
    public Container find(String idOrName) {
        Container exact = byId.getOrDefault(idOrName, byName.get(idOrName));
        if (exact != null) {
            return exact;
        }
        List<Container> matches = idOrName.isEmpty()
                ? List.of()
                : stream()
                        .filter(container -> container.config().id().startsWith(idOrName))
                        .toList();
        if (matches.size() > 1) {
            throw new EngineException(
                    Kind.INVALID, "id \"" + idOrName + "\" is the beginning of several containers' ids");
        }
        if (matches.isEmpty()) {
            throw new EngineException(Kind.NOT_FOUND, "no such container: " + idOrName);
        }
        return matches.get(0);
    }
}

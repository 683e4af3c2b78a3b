package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Compose project: everything that its files say, merged, resolved and checked. Immutable.
 *
 * @param name valid project name: prefix of containers, networks and volumes
 * @param workingDirectory absolute project directory
 * @param composeFiles absolute paths of the files it was loaded from, in order; {@code -} for standard input
 * @param servicesByName enabled services, in file order
 * @param disabledServices services that a profile or a selection switched off
 * @param networks top-level networks by key
 * @param volumes top-level volumes by key
 * @param configs top-level configs by key
 * @param secrets top-level secrets by key
 * @param models top-level models by key
 * @param extensions top-level {@code x-*} keys, as plain values
 */
public record Project(
        String name,
        Path workingDirectory,
        List<String> composeFiles,
        Map<String, Service> servicesByName,
        Map<String, Service> disabledServices,
        Map<String, Network> networks,
        Map<String, Volume> volumes,
        Map<String, Config> configs,
        Map<String, Secret> secrets,
        Map<String, Model> models,
        Map<String, @Nullable Object> extensions) {

    /** The extension in which a project remembers that its names are joined by underscores. */
    private static final String SEPARATOR = "x-jcompose-separator";

    public Project {
        composeFiles = Immutable.list(composeFiles);
        servicesByName = Immutable.map(servicesByName);
        disabledServices = Immutable.map(disabledServices);
        networks = Immutable.map(networks);
        volumes = Immutable.map(volumes);
        configs = Immutable.map(configs);
        secrets = Immutable.map(secrets);
        models = Immutable.map(models);
        extensions = Immutable.map(extensions);
    }

    /** The enabled services, in file order. */
    public Collection<Service> services() {
        return servicesByName.values();
    }

    /** The enabled service of that name. */
    public Optional<Service> service(String service) {
        return Optional.ofNullable(servicesByName.get(service));
    }

    /** The image of a service: what it says, else {@code <project>-<service>} for one that is built. */
    public String imageName(Service service) {
        return service.image() != null ? service.image() : name + separator() + service.name();
    }

    /** What is between the parts of the names of containers and built images: {@code -}, or {@code _}. */
    public String separator() {
        return "_".equals(extensions.get(SEPARATOR)) ? "_" : "-";
    }

    /** The project whose containers are called {@code project_service_1}, as Compose 1 had it. */
    public Project withUnderscores() {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(extensions);
        more.put(SEPARATOR, "_");
        return new Project(
                name,
                workingDirectory,
                composeFiles,
                servicesByName,
                disabledServices,
                networks,
                volumes,
                configs,
                secrets,
                models,
                more);
    }

    /** Which enabled service needs which. */
    public DependencyGraph graph() {
        return DependencyGraph.of(services());
    }

    /**
     * The project with these services only; the others become disabled, and networks, volumes, configs, secrets and
     * models that nobody uses any more are dropped.
     *
     * @param selected names of enabled services; empty for all of them
     * @param includeDependencies true: also what they need; false: dependencies on others are cut
     * @throws IllegalArgumentException {@code no such service: x}
     */
    public Project withServices(Set<String> selected, boolean includeDependencies) {
        return Selection.services(this, selected, includeDependencies);
    }

    /**
     * The project with exactly the services enabled that have no profile, or one of these; {@code *} is all.
     *
     * <p>Nothing is dropped and nothing checked.
     */
    public Project withProfiles(Collection<String> profiles) {
        return Selection.profiles(this, profiles);
    }

    /** The project without the networks, volumes, configs, secrets and models that no enabled service uses. */
    public Project withoutUnusedResources() {
        return Selection.withoutUnused(this);
    }

    /** The project with other services, enabled and disabled; for example after a change of one of them. */
    public Project withServices(Map<String, Service> enabled, Map<String, Service> disabled) {
        return new Project(
                name,
                workingDirectory,
                composeFiles,
                enabled,
                disabled,
                networks,
                volumes,
                configs,
                secrets,
                models,
                extensions);
    }

    /** The project with this service in place of the enabled one of the same name. */
    public Project withService(Service changed) {
        Map<String, Service> enabled = new LinkedHashMap<>(servicesByName);
        enabled.put(changed.name(), changed);
        return withServices(enabled, disabledServices);
    }
}

package dev.jcompose.engine.core;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ProjectIdentity;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.plan.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.ObservedState.ObservedResource;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.PlanExecutor.OnFailure;
import dev.jcompose.engine.plan.StopPlanner;
import dev.jcompose.engine.plan.StopPlanner.Removal;
import dev.jcompose.images.ImageReference;
import dev.jcompose.model.Project;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.Volume;
import dev.jcompose.model.write.ProjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes projects down. With a file, what the file does not know stays; without, all goes that has the project's label.
 */
final class DownCommand {
    private final EngineParts parts;
    private final ProjectLocks locks;

    DownCommand(EngineParts parts, ProjectLocks locks) {
        this.parts = parts;
        this.locks = locks;
    }

    void run(DownRequest request, EventListener listener) {
        String name = request.project();
        @Nullable
        Project project = request.projectJson() == null ? null : ProjectReader.fromJson(request.projectJson());
        PlanRun run = new PlanRun(parts, name, request.execution(), listener);
        try (ProjectLocks.Held held = locks.take(name, run.events())) {
            parts.table().checkOwn(new ProjectIdentity(name, project == null ? null : project.workingDirectory()));
            Removal removal = removal(request, project, parts.observer().observe(name));
            Plan plan = StopPlanner.down(removal);
            if (plan.steps().isEmpty()) {
                run.events().warning("Warning: No resource found to remove for project \"" + name + "\".");
            }
            run.execute(
                    plan, DependencyPaths.of(removal.containers()), request.timeoutSeconds(), null, OnFailure.CARRY_ON);
            if (parts.table().ofProject(name).isEmpty()) {
                parts.fixedAddresses().release(name);
                parts.networks().removeIdleDefaultBridge();
            }
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private Removal removal(DownRequest request, @Nullable Project project, ObservedState observed) throws IOException {
        boolean all = request.services().isEmpty();
        Set<String> services = withDependants(observed, request.services());
        Predicate<ObservedContainer> goes = container -> {
            if (container.oneOff() && !request.removeOrphans()) {
                return false;
            }
            return all
                    ? request.removeOrphans() || project == null || isKnown(project, container.service())
                    : services.contains(container.service());
        };
        List<ObservedContainer> going =
                observed.containers().stream().filter(goes).toList();
        return new Removal(
                going,
                observed.containers().stream().filter(goes.negate()).toList(),
                of(request.project(), observed.networks().values()),
                all && request.volumes()
                        ? of(request.project(), observed.volumes().values()).stream()
                                .filter(volume -> project == null || isKnown(project, volume))
                                .toList()
                        : List.of(),
                request.volumes(),
                images(request, project, going));
    }

    private static List<ObservedResource> of(String project, Collection<ObservedResource> resources) {
        return resources.stream().filter(r -> r.project().equals(project)).toList();
    }

    private static boolean isKnown(Project project, String service) {
        return project.servicesByName().containsKey(service)
                || project.disabledServices().containsKey(service);
    }

    /** Anonymous ones belong to containers that are gone; a named one that the file does not have is not to be lost. */
    private static boolean isKnown(Project project, ObservedResource volume) {
        Volume declared = project.volumes().get(volume.key());
        if (volume.key().isEmpty() || (declared != null && declared.name().equals(volume.name()))) {
            return true;
        }
        return declared == null
                && project.disabledServices().values().stream()
                        .flatMap(service -> service.volumes().stream())
                        .anyMatch(mount -> mount.type() == ServiceVolume.Type.VOLUME
                                && volume.key().equals(mount.source()));
    }

    /** Whoever depends on a service that goes cannot stay. */
    private static Set<String> withDependants(ObservedState observed, Set<String> services) {
        Set<String> all = new HashSet<>(services);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ObservedContainer container : observed.containers()) {
                boolean depends = container.dependsOn().keySet().stream().anyMatch(all::contains);
                grown |= depends && all.add(container.service());
            }
        }
        return all;
    }

    private List<String> images(DownRequest request, @Nullable Project project, List<ObservedContainer> going)
            throws IOException {
        if (request.removeImages().equals("none")) {
            return List.of();
        }
        boolean local = request.removeImages().equals("local");
        Set<String> names = new TreeSet<>();
        if (project != null) {
            Stream.concat(project.services().stream(), project.disabledServices().values().stream())
                    .filter(service -> !local || service.image() == null)
                    .filter(service ->
                            request.services().isEmpty() || request.services().contains(service.name()))
                    .forEach(service -> names.add(project.imageName(service)));
        } else {
            for (ObservedContainer container : going) {
                Container made = parts.table().find(container.id());
                if (!local || made.service().image() == null) {
                    names.add(made.project().imageName(made.service()));
                }
            }
        }
        List<String> present = new ArrayList<>();
        for (String image : names) {
            var found = parts.images().find(ImageReference.parse(image));
            if (found.isPresent() && !parts.imageLookup().isHost(found.get())) {
                present.add(image);
            }
        }
        return present;
    }
}

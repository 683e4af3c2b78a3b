package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.ProjectIdentity;
import dev.jcompose.engine.assemble.LogPlans;
import dev.jcompose.engine.lifecycle.ContainerCreator;
import dev.jcompose.engine.logs.syslog.SyslogPlan;
import dev.jcompose.engine.network.HostBinding;
import dev.jcompose.engine.plan.Claims;
import dev.jcompose.engine.plan.ObservedContainer;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.Operation;
import dev.jcompose.engine.plan.Operation.CreateContainer;
import dev.jcompose.engine.plan.Operation.RemoveContainer;
import dev.jcompose.engine.plan.Operation.RenameContainer;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.model.Network;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.Volume;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be known to fail before anything is done. */
final class UpChecks {
    private final EngineParts parts;
    private final Project project;

    UpChecks(EngineParts parts, Project project) {
        this.parts = parts;
        this.project = project;
    }

    /** Whether the project's name is its own. */
    void identity() {
        parts.table().checkOwn(new ProjectIdentity(project.name(), project.workingDirectory()));
    }

    /** Whether what others must have made is there. */
    void external(ObservedState observed) {
        for (Network network : project.networks().values()) {
            if (network.external() && !observed.networks().containsKey(network.name())) {
                throw new EngineException(
                        Kind.NOT_FOUND, "network " + network.name() + " declared as external, but could not be found");
            }
        }
        for (Volume volume : project.volumes().values()) {
            if (volume.external() && !observed.volumes().containsKey(volume.name())) {
                throw new EngineException(Kind.NOT_FOUND, "external volume \"" + volume.name() + "\" not found");
            }
        }
    }

    /** Whether each service says clearly how it ends and begins again, and its output can go where it wants it. */
    void services() {
        try {
            for (Service service : project.services()) {
                ContainerCreator.check(service);
                SyslogPlan syslog = LogPlans.of(service).syslog();
                if (syslog != null && !syslog.missingFiles().isEmpty()) {
                    throw new IllegalArgumentException("services." + service.name() + ".logging.options: cannot read "
                            + syslog.missingFiles().get(0));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** From now on, nobody else gets the addresses that the project's services ask for. */
    void holdAddresses() {
        try {
            parts.fixedAddresses().hold(project);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the user must say something first. */
    void questions(Plan plan) {
        if (!plan.changedVolumes().isEmpty()) {
            throw new EngineException(
                    Kind.QUESTION,
                    plan.changedVolumes().stream()
                            .map(name ->
                                    "Volume \"" + name + "\" exists but doesn't match configuration in compose file."
                                            + " Recreate (data will be lost)?")
                            .collect(Collectors.joining("\n")));
        }
    }

    /** Whether the names that containers are to have are free, or will be. */
    void names(Plan plan) {
        Set<String> freed = new HashSet<>();
        for (Plan.Step step : plan.steps()) {
            if (step.operation() instanceof RemoveContainer || step.operation() instanceof RenameContainer) {
                freed.add(
                        step.operation() instanceof RenameContainer rename
                                ? rename.from()
                                : step.operation().subject());
            }
        }
        for (Plan.Step step : plan.steps()) {
            Operation operation = step.operation();
            if (operation instanceof CreateContainer || operation instanceof RenameContainer) {
                parts.table()
                        .byName(operation.subject())
                        .filter(holder -> !freed.contains(holder.config().name()))
                        .ifPresent(holder -> {
                            throw new EngineException(
                                    Kind.CONFLICT,
                                    "container name \"" + operation.subject()
                                            + "\" is in use by a container of project \""
                                            + holder.config().project() + "\"");
                        });
            }
        }
    }

    /**
     * Whether the containers that are to start can have their ports; those of containers that stop before do not count.
     *
     * @throws IOException naming who has them
     */
    void ports(ObservedState observed, Plan plan) throws IOException {
        Set<String> stopping = plan.steps().stream()
                .map(Plan.Step::operation)
                .filter(StopContainer.class::isInstance)
                .map(Operation::subject)
                .collect(Collectors.toSet());
        Set<String> running = new HashSet<>();
        Set<String> freed = new HashSet<>();
        for (ObservedContainer container : observed.containers()) {
            if (stopping.contains(container.name())) {
                freed.addAll(container.claims());
            } else if (container.running()) {
                running.add(container.name());
            }
        }
        Map<String, Service> starting = new LinkedHashMap<>();
        for (Plan.Step step : plan.steps()) {
            if (step.operation() instanceof StartContainer start && !running.contains(start.subject())) {
                project.service(start.service())
                        .map(service -> HostBinding.apply(project, service))
                        .ifPresent(service -> starting.put(start.subject(), without(service, freed)));
            }
        }
        try {
            parts.ports().check(starting);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private Service without(Service service, Set<String> freed) {
        List<PortMapping> ports = service.ports().stream()
                .filter(port -> Claims.ports(List.of(port)).stream().noneMatch(freed::contains))
                .toList();
        return service.toBuilder().ports(ports).build();
    }
}

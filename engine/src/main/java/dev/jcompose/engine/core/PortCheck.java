package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.network.PortAssigner;
import dev.jcompose.engine.plan.ObservedState;
import dev.jcompose.engine.plan.Operation.StartContainer;
import dev.jcompose.engine.plan.Operation.StopContainer;
import dev.jcompose.engine.plan.Plan;
import dev.jcompose.engine.plan.PortOrder;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks before anything is created whether the containers that a plan starts can have their ports. */
final class PortCheck {
    private final PortAssigner ports;

    PortCheck(PortAssigner ports) {
        this.ports = ports;
    }

    /**
     * The plan, with what passes from one container to another in order.
     *
     * @throws IOException naming each port that cannot be had, and who has it
     */
    Plan arrange(Project project, ObservedState observed, Plan plan) throws IOException {
        Set<String> running = observed.containers().stream()
                .filter(ObservedState.ObservedContainer::running)
                .map(ObservedState.ObservedContainer::name)
                .collect(Collectors.toSet());
        Set<String> stopping = new HashSet<>();
        for (Plan.Step step : plan.steps()) {
            if (step.operation() instanceof StopContainer stop) {
                stopping.add(stop.subject());
            }
        }
        Map<String, Service> starting = new LinkedHashMap<>();
        for (Plan.Step step : plan.steps()) {
            if (step.operation() instanceof StartContainer start
                    && (!running.contains(start.subject()) || stopping.contains(start.subject()))) {
                project.service(start.service()).ifPresent(service -> starting.put(start.subject(), service));
            }
        }
        try {
            return PortOrder.arrange(plan, ports.check(starting, stopping));
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }
}

package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Picks the containers that a command is about. */
final class ContainerSelection {
    private ContainerSelection() {}

    /** All containers of some services, of all without names, by name; one-offs too when wanted. */
    static List<ContainerSummary> of(EngineApi engine, Target target, Collection<String> services, boolean oneOffs) {
        return engine.containers().list(Optional.of(target.name())).stream()
                .filter(container -> services.isEmpty() || services.contains(container.service()))
                .filter(container -> oneOffs || !container.oneOff())
                .sorted(Comparator.comparing(ContainerSummary::name))
                .toList();
    }

    /**
     * The running container that a command for one is about: the lowest number, a one-off only if there is no other.
     *
     * @param index the container of that number; 0 for any
     * @throws CommandException when there is none
     */
    static ContainerSummary running(EngineApi engine, Target target, String service, int index) {
        ContainerSummary running = of(engine, target, List.of(service), index == 0).stream()
                .filter(ContainerSummary::isRunning)
                .filter(container -> index == 0 || container.number() == index)
                .min(preferred())
                .orElseThrow(() -> new CommandException(
                        index == 0
                                ? "service \"%s\" is not running".formatted(service)
                                : "service \"%s\" is not running container #%d".formatted(service, index)));
        target.checkOwn(running);
        return running;
    }

    /** First the service's own containers by their numbers, then one-offs. */
    static Comparator<ContainerSummary> preferred() {
        return Comparator.comparing(ContainerSummary::oneOff)
                .thenComparing(ContainerSummary::number)
                .thenComparing(ContainerSummary::name);
    }
}

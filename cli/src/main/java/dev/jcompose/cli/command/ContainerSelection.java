package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Picks the containers that a command is about. */
final class ContainerSelection {
    /** First the service's own containers by their numbers, then one-offs. */
    private static final Comparator<ContainerSummary> PREFERRED = Comparator.comparing(ContainerSummary::oneOff)
            .thenComparing(ContainerSummary::number)
            .thenComparing(ContainerSummary::name);

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
     * The same for a command that does something to them.
     *
     * @throws dev.jcompose.engine.api.EngineException when they are of another directory's project
     */
    static List<ContainerSummary> own(EngineApi engine, Target target, Collection<String> services, boolean oneOffs) {
        List<ContainerSummary> containers = of(engine, target, services, oneOffs);
        target.checkOwn(containers);
        return containers;
    }

    /**
     * Those that a command for one container of a service may be about, the best first.
     *
     * @param index the container of that number, which is no one-off; 0 for any
     * @param oneOffs whether it may be one
     */
    static Stream<ContainerSummary> candidates(
            EngineApi engine, Target target, String service, int index, boolean oneOffs) {
        return own(engine, target, List.of(service), oneOffs && index == 0).stream()
                .filter(container -> index == 0 || container.number() == index)
                .sorted(PREFERRED);
    }

    /**
     * The running container that a command for one is about.
     *
     * @param index the container of that number; 0 for any
     * @throws CommandException when there is none
     */
    static ContainerSummary running(EngineApi engine, Target target, String service, int index) {
        return candidates(engine, target, service, index, true)
                .filter(ContainerSummary::isRunning)
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        index == 0
                                ? "service \"%s\" is not running".formatted(service)
                                : "service \"%s\" is not running container #%d".formatted(service, index)));
    }
}

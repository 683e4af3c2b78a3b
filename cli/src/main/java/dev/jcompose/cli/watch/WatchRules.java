package dev.jcompose.cli.watch;

import dev.jcompose.engine.watch.RuleFilter;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.WatchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The rules of the services that are watched. */
public final class WatchRules {
    private final List<ServiceRule> rules;

    private WatchRules(List<ServiceRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * The rules of some services.
     *
     * @param services empty for all
     * @param builds whether images may be built
     * @param warnings is told which rules have no effect
     * @throws WatchException naming the place in the project of a rule that cannot work, or if there is no rule
     */
    public static WatchRules of(Project project, Set<String> services, boolean builds, Consumer<String> warnings) {
        List<ServiceRule> rules = new ArrayList<>();
        for (Service service : project.services()) {
            if (service.develop() == null || !(services.isEmpty() || services.contains(service.name()))) {
                continue;
            }
            int index = 0;
            for (WatchRule rule : service.develop().watch()) {
                String place = "services.%s.develop.watch[%d]".formatted(service.name(), index++);
                ServiceRule made = rule(service, rule, place);
                if (rule.action() == WatchRule.Action.REBUILD) {
                    check(service, builds, place);
                }
                if (made.isSync() && isMounted(service, Path.of(rule.path()))) {
                    warnings.accept("path '%s' also declared by a bind mount volume, this path won't be monitored!"
                            .formatted(rule.path()));
                } else {
                    rules.add(made);
                }
            }
        }
        return new WatchRules(rules);
    }

    private static ServiceRule rule(Service service, WatchRule rule, String place) {
        try {
            return new ServiceRule(service.name(), rule, RuleFilter.of(rule, service.build()));
        } catch (IOException | IllegalArgumentException e) {
            throw new WatchException(place, String.valueOf(e.getMessage()));
        }
    }

    private static void check(Service service, boolean builds, String place) {
        if (service.build() == null) {
            throw new WatchException(
                    place,
                    "can't watch service \"%s\" with action rebuild without a build context".formatted(service.name()));
        }
        if (!builds) {
            throw new WatchException(
                    place,
                    "--no-build is incompatible with watch action rebuild in service \"%s\"".formatted(service.name()));
        }
    }

    private static boolean isMounted(Service service, Path path) {
        return service.volumes().stream()
                .filter(volume -> volume.type() == ServiceVolume.Type.BIND && volume.source() != null)
                .anyMatch(volume -> path.startsWith(Path.of(String.valueOf(volume.source()))));
    }

    /** Whether there is nothing to watch. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    List<ServiceRule> all() {
        return rules;
    }

    /** The files and folders that the rules name. */
    Set<Path> paths() {
        Set<Path> paths = new LinkedHashSet<>();
        rules.forEach(rule -> paths.add(Path.of(rule.rule().path())));
        return paths;
    }

    /** Whether no rule is about anything in a folder. */
    boolean leaveOut(Path folder) {
        return rules.stream().allMatch(rule -> rule.filter().leavesOut(folder));
    }
}

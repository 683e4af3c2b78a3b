package dev.jcompose.model.check;

import dev.jcompose.model.Deploy;
import dev.jcompose.model.ResourceSpec;
import dev.jcompose.model.Resources;
import dev.jcompose.model.Service;
import dev.jcompose.model.WatchRule;
import dev.jcompose.model.problem.Problems;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Attributes of a service that must agree with each other. */
final class LimitChecks {
    private static final String INVALID = ": invalid compose project";

    private final Service service;
    private final Places places;
    private final Problems problems;

    LimitChecks(Service service, Places places, Problems problems) {
        this.service = service;
        this.places = places;
        this.problems = problems;
    }

    private void error(String message, String... parts) {
        problems.error(places.problem(service.name(), message + INVALID, parts));
    }

    void check() {
        scale();
        Deploy deploy = service.deploy();
        Resources resources = deploy == null ? null : deploy.resources();
        if (resources != null) {
            same("cpus", service.cpu().cpus(), "limits.cpus", resources.limits(), ResourceSpec::cpus);
            same(
                    "mem_limit",
                    (double) service.memory().limit(),
                    "limits.memory",
                    resources.limits(),
                    ResourceSpec::memory);
            same(
                    "mem_reservation",
                    (double) service.memory().reservation(),
                    "reservations.memory",
                    resources.reservations(),
                    ResourceSpec::memory);
            same("pids_limit", (double) service.pidsLimit(), "limits.pids", resources.limits(), ResourceSpec::pids);
        }
        watch();
    }

    private void scale() {
        Integer replicas = service.deploy() == null ? null : service.deploy().replicas();
        Integer scale = service.scale();
        String name = "services." + service.name();
        if (scale != null && replicas != null && !scale.equals(replicas)) {
            error(name + ": can't set distinct values on 'scale' and 'deploy.replicas'", "scale");
        }
        if (scale != null && scale < 0) {
            error(name + ".scale: must be greater than or equal to 0", "scale");
        } else if (replicas != null && replicas < 0) {
            error(name + ".deploy.replicas: must be greater than or equal to 0", "deploy", "replicas");
        }
        if (service.replicas() > 1 && service.containerName() != null) {
            String attribute = scale == null ? "deploy.replicas" : "scale";
            error(
                    "services." + attribute + ": can't set container_name and " + service.name()
                            + " as container name must be unique",
                    "container_name");
        }
    }

    private void same(
            String attribute,
            double value,
            String twin,
            @Nullable ResourceSpec resources,
            ToDoubleFunction<ResourceSpec> twinValue) {
        if (value != 0 && resources != null && twinValue.applyAsDouble(resources) != value) {
            error(
                    "services." + service.name() + ": can't set distinct values on '" + attribute
                            + "' and 'deploy.resources." + twin + "'",
                    attribute);
        }
    }

    private void watch() {
        if (service.develop() == null) {
            return;
        }
        int index = 0;
        for (WatchRule rule : service.develop().watch()) {
            boolean needsTarget =
                    rule.action() != WatchRule.Action.REBUILD && rule.action() != WatchRule.Action.RESTART;
            if (needsTarget && rule.target() == null) {
                error(
                        "services." + service.name() + ".develop.watch: target is required for non-rebuild actions",
                        "develop",
                        "watch",
                        String.valueOf(index));
            }
            index++;
        }
    }
}

package dev.jcompose.model.write;

import dev.jcompose.model.Deploy;
import dev.jcompose.model.Develop;
import dev.jcompose.model.Hook;
import dev.jcompose.model.Placement;
import dev.jcompose.model.ResourceSpec;
import dev.jcompose.model.Resources;
import dev.jcompose.model.RestartRule;
import dev.jcompose.model.UpdateConfig;
import dev.jcompose.model.WatchRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code deploy} and {@code develop} as plain values. */
final class DeployTree {
    private static final Resources NO_RESOURCES = new Resources(null, null);
    private static final Placement NO_PLACEMENT = new Placement(List.of(), List.of(), 0);

    private static final Hook NO_HOOK = new Hook(null, null, null, false, null, Map.of(), false);

    private DeployTree() {}

    static void deploy(Deploy deploy, Tree tree) {
        tree.text("mode", deploy.mode())
                .integer("replicas", deploy.replicas())
                .map("labels", deploy.labels())
                .object("update_config", deploy.updateConfig(), DeployTree::update)
                .object("rollback_config", deploy.rollbackConfig(), DeployTree::update)
                .object(
                        "resources",
                        deploy.resources() == null ? NO_RESOURCES : deploy.resources(),
                        (resources, out) -> out.object("limits", resources.limits(), DeployTree::resources)
                                .object("reservations", resources.reservations(), DeployTree::resources))
                .object("restart_policy", deploy.restartPolicy(), DeployTree::restart)
                .object(
                        "placement",
                        deploy.placement() == null ? NO_PLACEMENT : deploy.placement(),
                        DeployTree::placement)
                .text("endpoint_mode", deploy.endpointMode())
                .extensions(deploy.extensions());
    }

    private static void update(UpdateConfig update, Tree tree) {
        tree.integer("parallelism", update.parallelism())
                .duration("delay", update.delay())
                .text("failure_action", update.failureAction())
                .duration("monitor", update.monitor())
                .number("max_failure_ratio", update.maxFailureRatio())
                .text("order", update.order());
    }

    private static void resources(ResourceSpec spec, Tree tree) {
        tree.number("cpus", spec.cpus())
                .bytes("memory", spec.memory())
                .number("pids", spec.pids())
                .objects("devices", spec.devices(), ServiceTree::request)
                .objects(
                        "generic_resources",
                        spec.genericResources(),
                        (generic, out) -> out.object(
                                "discrete_resource_spec",
                                generic,
                                (value, discrete) ->
                                        discrete.text("kind", value.kind()).number("value", value.value())));
    }

    private static void restart(RestartRule rule, Tree tree) {
        tree.text("condition", rule.condition())
                .duration("delay", rule.delay())
                .integer("max_attempts", rule.maxAttempts())
                .duration("window", rule.window());
    }

    private static void placement(Placement placement, Tree tree) {
        tree.list("constraints", placement.constraints())
                .list(
                        "preferences",
                        placement.preferences().stream()
                                .map(spread -> Map.of("spread", spread))
                                .toList())
                .number("max_replicas_per_node", placement.maxReplicas());
    }

    static void develop(Develop develop, Tree tree) {
        tree.objects("watch", develop.watch(), DeployTree::rule).extensions(develop.extensions());
    }

    private static void rule(WatchRule rule, Tree tree) {
        tree.text("path", rule.path())
                .text("action", rule.action().name().toLowerCase(Locale.ROOT).replace('_', '+'))
                .text("target", rule.target())
                .object("exec", rule.exec() == null ? NO_HOOK : rule.exec(), ServiceTree::hook)
                .list("include", rule.include())
                .list("ignore", rule.ignore())
                .flag("initial_sync", rule.initialSync());
    }
}

package dev.jcompose.model.bind;

import dev.jcompose.model.Deploy;
import dev.jcompose.model.Develop;
import dev.jcompose.model.GenericResource;
import dev.jcompose.model.Hook;
import dev.jcompose.model.Placement;
import dev.jcompose.model.ResourceSpec;
import dev.jcompose.model.Resources;
import dev.jcompose.model.RestartRule;
import dev.jcompose.model.UpdateConfig;
import dev.jcompose.model.WatchRule;
import java.util.List;

/** Binds {@code deploy} and {@code develop}. */
final class DeployBinder {
    private DeployBinder() {}

    static Deploy deploy(Fields fields) {
        return new Deploy(
                fields.nonEmpty("mode"),
                fields.integer("replicas"),
                fields.texts("labels"),
                fields.object("update_config", DeployBinder::update),
                fields.object("rollback_config", DeployBinder::update),
                fields.nonEmptyObject(
                        "resources",
                        resources -> new Resources(
                                resources.object("limits", DeployBinder::resources),
                                resources.object("reservations", DeployBinder::resources))),
                fields.object("restart_policy", DeployBinder::restart),
                fields.nonEmptyObject("placement", DeployBinder::placement),
                fields.nonEmpty("endpoint_mode"),
                fields.extensions());
    }

    private static UpdateConfig update(Fields fields) {
        return new UpdateConfig(
                fields.unsigned("parallelism"),
                fields.duration("delay"),
                fields.nonEmpty("failure_action"),
                fields.duration("monitor"),
                fields.number("max_failure_ratio"),
                fields.nonEmpty("order"));
    }

    private static ResourceSpec resources(Fields fields) {
        return new ResourceSpec(
                fields.number("cpus"),
                fields.bytes("memory"),
                fields.longOrZero("pids"),
                fields.objects("devices", MountBinder::request),
                fields.objects("generic_resources", DeployBinder::generic));
    }

    private static GenericResource generic(Fields fields) {
        GenericResource discrete = fields.object(
                "discrete_resource_spec", spec -> new GenericResource(spec.nonEmpty("kind"), spec.longOrZero("value")));
        return discrete == null ? new GenericResource(null, 0) : discrete;
    }

    private static RestartRule restart(Fields fields) {
        return new RestartRule(
                fields.nonEmpty("condition"),
                fields.duration("delay"),
                fields.unsigned("max_attempts"),
                fields.duration("window"));
    }

    private static Placement placement(Fields fields) {
        List<String> spread = fields.objects("preferences", preference -> preference.required("spread"));
        return new Placement(fields.strings("constraints"), spread, fields.unsignedOrZero("max_replicas_per_node"));
    }

    static Develop develop(Fields fields) {
        return new Develop(fields.objects("watch", DeployBinder::rule), fields.extensions());
    }

    private static WatchRule rule(Fields fields) {
        Hook exec = fields.object("exec", LifecycleBinder::hook);
        return new WatchRule(
                fields.required("path"),
                fields.oneOf("action", WatchRule.Action.values()),
                fields.nonEmpty("target"),
                exec == null || exec.command() == null ? null : exec,
                fields.strings("include"),
                fields.strings("ignore"),
                fields.flag("initial_sync"));
    }
}

package dev.jcompose.model.schema;

import static dev.jcompose.model.schema.CommonShapes.BOOLEAN;
import static dev.jcompose.model.schema.CommonShapes.HOOK;
import static dev.jcompose.model.schema.CommonShapes.INTEGER;
import static dev.jcompose.model.schema.CommonShapes.KEY_VALUES;
import static dev.jcompose.model.schema.CommonShapes.NUMBER;
import static dev.jcompose.model.schema.CommonShapes.STRING;
import static dev.jcompose.model.schema.CommonShapes.STRINGS;
import static dev.jcompose.model.schema.CommonShapes.STRING_OR_STRINGS;
import static dev.jcompose.model.schema.CommonShapes.list;
import static dev.jcompose.model.schema.CommonShapes.union;

/**
 * The shapes of {@code deploy} and {@code develop}.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/deploy.md">Deploy</a>
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/develop.md">Develop</a>
 */
final class DeployShape {
    private DeployShape() {}

    static Shape deploy() {
        MappingShape limits =
                new MappingShape().field("cpus", NUMBER).field("memory", STRING).field("pids", INTEGER);
        MappingShape discrete = new MappingShape().field("kind", STRING).field("value", NUMBER);
        MappingShape reservations = new MappingShape()
                .field("cpus", NUMBER)
                .field("memory", STRING)
                .field("generic_resources", list(new MappingShape().field("discrete_resource_spec", discrete)))
                .field("devices", list(device().require("capabilities")));
        MappingShape placement = new MappingShape()
                .field("constraints", list(STRING))
                .field("preferences", list(new MappingShape().field("spread", STRING)))
                .field("max_replicas_per_node", INTEGER);
        MappingShape restart = new MappingShape()
                .fields(STRING, "condition", "delay", "window")
                .field("max_attempts", INTEGER);
        return union(
                new MappingShape()
                        .fields(STRING, "mode", "endpoint_mode")
                        .field("replicas", INTEGER)
                        .field("labels", KEY_VALUES)
                        .fields(update(), "rollback_config", "update_config")
                        .field(
                                "resources",
                                new MappingShape().field("limits", limits).field("reservations", reservations))
                        .field("restart_policy", restart)
                        .field("placement", placement),
                CommonShapes.NULL);
    }

    private static MappingShape update() {
        return new MappingShape()
                .field("parallelism", INTEGER)
                .fields(STRING, "delay", "failure_action", "monitor")
                .field("max_failure_ratio", NUMBER)
                .field("order", ScalarShape.oneOf("start-first", "stop-first"));
    }

    static MappingShape device() {
        return new MappingShape()
                .fields(STRINGS, "capabilities", "device_ids")
                .field("count", ScalarShape.of("integer", "string"))
                .field("driver", STRING)
                .field("options", KEY_VALUES);
    }

    static Shape develop() {
        MappingShape rule = new MappingShape()
                .fields(STRING_OR_STRINGS, "ignore", "include")
                .fields(STRING, "path", "target")
                .field("action", ScalarShape.oneOf("rebuild", "sync", "restart", "sync+restart", "sync+exec"))
                .field("exec", HOOK)
                .field("initial_sync", BOOLEAN)
                .require("path", "action");
        return union(new MappingShape().field("watch", list(rule)), CommonShapes.NULL);
    }
}

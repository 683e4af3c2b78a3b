package dev.jcompose.model.schema;

import static dev.jcompose.model.schema.CommonShapes.BOOLEAN;
import static dev.jcompose.model.schema.CommonShapes.COMMAND;
import static dev.jcompose.model.schema.CommonShapes.EXTRA_HOSTS;
import static dev.jcompose.model.schema.CommonShapes.FILE_MOUNTS;
import static dev.jcompose.model.schema.CommonShapes.INTEGER;
import static dev.jcompose.model.schema.CommonShapes.KEY_VALUES;
import static dev.jcompose.model.schema.CommonShapes.NULL;
import static dev.jcompose.model.schema.CommonShapes.NUMBER;
import static dev.jcompose.model.schema.CommonShapes.OPTIONS;
import static dev.jcompose.model.schema.CommonShapes.STRING;
import static dev.jcompose.model.schema.CommonShapes.STRINGS;
import static dev.jcompose.model.schema.CommonShapes.STRING_OR_STRINGS;
import static dev.jcompose.model.schema.CommonShapes.ULIMITS;
import static dev.jcompose.model.schema.CommonShapes.list;
import static dev.jcompose.model.schema.CommonShapes.union;

/**
 * The shape of a service.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/05-services.md">Services</a>
 */
final class ServiceShape {
    private static final double MAX_OOM_SCORE = 1000;
    private static final String PULL_POLICY =
            "always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+";

    private ServiceShape() {}

    static Shape service() {
        MappingShape service = new MappingShape();
        scalars(service);
        lists(service);
        structures(service);
        return service;
    }

    private static void scalars(MappingShape service) {
        service.fields(
                STRING,
                "cgroup_parent",
                "cpuset",
                "domainname",
                "hostname",
                "image",
                "ipc",
                "isolation",
                "mac_address",
                "network_mode",
                "platform",
                "pull_refresh_after",
                "restart",
                "runtime",
                "stop_grace_period",
                "stop_signal",
                "user",
                "userns_mode",
                "uts",
                "working_dir");
        service.fields(
                BOOLEAN,
                "attach",
                "init",
                "oom_kill_disable",
                "privileged",
                "read_only",
                "stdin_open",
                "tty",
                "use_api_socket");
        service.fields(
                NUMBER,
                "cpu_period",
                "cpu_quota",
                "cpu_rt_period",
                "cpu_rt_runtime",
                "cpu_shares",
                "cpus",
                "mem_limit",
                "memswap_limit",
                "pids_limit",
                "shm_size");
        service.fields(INTEGER, "mem_reservation", "mem_swappiness", "scale")
                .field("cgroup", ScalarShape.oneOf("host", "private"))
                .field("container_name", ScalarShape.pattern("[a-zA-Z0-9][a-zA-Z0-9_.-]+"))
                .field("cpu_count", union(STRING, ScalarShape.of("integer").between(0, Double.MAX_VALUE)))
                .field("cpu_percent", union(STRING, ScalarShape.of("number").between(0, 100)))
                .field("oom_score_adj", union(STRING, ScalarShape.of("integer").between(-MAX_OOM_SCORE, MAX_OOM_SCORE)))
                .field("pid", ScalarShape.of("null", "string"))
                .field("pull_policy", ScalarShape.pattern(PULL_POLICY));
    }

    private static void lists(MappingShape service) {
        service.fields(
                        STRINGS,
                        "cap_add",
                        "cap_drop",
                        "device_cgroup_rules",
                        "dns_opt",
                        "external_links",
                        "links",
                        "profiles",
                        "security_opt",
                        "volumes_from")
                .fields(STRING_OR_STRINGS, "dns", "dns_search", "label_file", "tmpfs")
                .fields(KEY_VALUES, "annotations", "environment", "labels", "sysctls")
                .fields(COMMAND, "command", "entrypoint")
                .fields(FILE_MOUNTS, "configs", "secrets")
                .fields(new ListShape(NUMBER, true), "expose", "group_add")
                .field("extra_hosts", EXTRA_HOSTS)
                .field("ulimits", ULIMITS)
                .fields(list(CommonShapes.HOOK), "post_start", "pre_stop")
                .field(
                        "pre_start",
                        list(CommonShapes.hook().field("image", STRING).field("per_replica", BOOLEAN)))
                .field("ports", new ListShape(port(), true))
                .field("volumes", new ListShape(MountShape.volume(), true))
                .field("devices", list(union(STRING, MountShape.device())))
                .field("gpus", union(ScalarShape.oneOf("all"), list(DeployShape.device())));
    }

    private static void structures(MappingShape service) {
        service.field("blkio_config", MountShape.blkio())
                .field("build", BuildShape.build())
                .field("credential_spec", new MappingShape().fields(STRING, "config", "file", "registry"))
                .field("depends_on", dependsOn())
                .field("deploy", DeployShape.deploy())
                .field("develop", DeployShape.develop())
                .field("env_file", envFile())
                .field(
                        "extends",
                        union(
                                STRING,
                                new MappingShape()
                                        .fields(STRING, "service", "file")
                                        .require("service")))
                .field("healthcheck", healthcheck())
                .field(
                        "logging",
                        new MappingShape()
                                .field("driver", STRING)
                                .field("options", MappingShape.of(ScalarShape.of("null", "number", "string"))))
                .field("models", models())
                .field("networks", networks())
                .field("provider", provider())
                .field("storage_opt", MappingShape.of(ScalarShape.of("boolean", "null", "number", "string")));
    }

    private static Shape healthcheck() {
        return new MappingShape()
                .field("disable", BOOLEAN)
                .fields(STRING, "interval", "timeout", "start_period", "start_interval")
                .field("retries", NUMBER)
                .field("test", union(STRING, list(STRING), NULL));
    }

    private static Shape dependsOn() {
        MappingShape dependency = new MappingShape()
                .fields(BOOLEAN, "restart", "required")
                .field(
                        "condition",
                        ScalarShape.oneOf("service_started", "service_healthy", "service_completed_successfully"))
                .require("condition");
        return union(STRINGS, MappingShape.of("^[a-zA-Z0-9._-]+$", dependency));
    }

    private static Shape envFile() {
        MappingShape entry = new MappingShape()
                .fields(STRING, "path", "format")
                .field("required", BOOLEAN)
                .require("path");
        return union(STRING, list(union(STRING, entry)));
    }

    private static Shape models() {
        MappingShape model = new MappingShape().fields(STRING, "endpoint_var", "model_var");
        return union(STRINGS, MappingShape.of("^[a-zA-Z0-9._-]+$", union(model, NULL)));
    }

    private static Shape networks() {
        MappingShape network = new MappingShape()
                .fields(STRINGS, "aliases", "link_local_ips")
                .fields(STRING, "interface_name", "ipv4_address", "ipv6_address", "mac_address")
                .field("driver_opts", OPTIONS)
                .fields(NUMBER, "priority", "gw_priority");
        return union(STRINGS, MappingShape.of("^[a-zA-Z0-9._-]+$", union(network, NULL)));
    }

    private static Shape provider() {
        Shape scalar = ScalarShape.of("boolean", "number", "string");
        return new MappingShape()
                .field("type", STRING)
                .field("options", MappingShape.of(union(scalar, list(scalar))))
                .require("type");
    }

    private static Shape port() {
        return union(
                ScalarShape.of("number"),
                STRING,
                new MappingShape()
                        .fields(STRING, "name", "mode", "host_ip", "protocol", "app_protocol")
                        .fields(ScalarShape.of("integer", "string"), "target", "published"));
    }
}

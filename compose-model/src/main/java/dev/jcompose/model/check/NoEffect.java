package dev.jcompose.model.check;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import org.jspecify.annotations.Nullable;

/** Stage: warns of keys that are valid, but on which jcompose does not act. Nothing is ignored silently. */
public final class NoEffect {
    private static final String WINDOWS = "only has an effect on Windows";
    private static final String SWARM = "only has an effect in a swarm";
    private static final String OTHER = "has no effect in jcompose";
    private static final PathTable<String> TABLE = table();

    private NoEffect() {}

    /** Adds a warning for each. */
    public static void warn(MappingNode model, Problems problems) {
        visit(model, NodePath.ROOT, TABLE, problems);
    }

    private static void visit(Node node, NodePath path, @Nullable PathTable<String> table, Problems problems) {
        if (table == null) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            mapping.entries().forEach((key, entry) -> {
                PathTable<String> next = table.at(key);
                String reason = PathTable.ruleOf(next);
                if (reason != null && asksForSomething(entry.value().plain())) {
                    NodePath place = path.child(key);
                    problems.warn(Problem.of(entry.key(), place.toString(), "`" + key + "` " + reason)
                            .withOrigin(entry.value().origin()));
                }
                visit(entry.value(), path.child(key), next, problems);
            });
        } else if (node instanceof SequenceNode list) {
            int index = 0;
            for (Node item : list.items()) {
                visit(item, path.item(index++), table.at("*"), problems);
            }
        }
    }

    /** False for what is so in any case: nothing, what is switched off, and a cgroup namespace of its own. */
    private static boolean asksForSomething(@Nullable Object value) {
        return value != null && !value.equals(false) && !value.equals("private");
    }

    private static PathTable<String> table() {
        PathTable<String> table = new PathTable<>();
        for (String key :
                new String[] {"cpu_count", "cpu_percent", "credential_spec", "isolation", "build.isolation"}) {
            table.add("services.*." + key, WINDOWS);
        }
        for (String key : new String[] {
            "endpoint_mode",
            "labels",
            "placement",
            "resources.reservations.cpus",
            "resources.reservations.generic_resources",
            "rollback_config",
            "update_config"
        }) {
            table.add("services.*.deploy." + key, SWARM);
        }
        for (String key :
                new String[] {"pull_refresh_after", "storage_opt", "use_api_socket", "volumes.*.consistency"}) {
            table.add("services.*." + key, OTHER);
        }
        // Who makes jcompose act on a key takes it out here.
        for (String key : new String[] {
            "annotations",
            "blkio_config",
            "cgroup",
            "cgroup_parent",
            "cpu_rt_period",
            "cpu_rt_runtime",
            "device_cgroup_rules",
            "gpus",
            "deploy.resources.reservations.devices",
            "mem_swappiness",
            "models",
            "oom_kill_disable",
            "ports.*.app_protocol",
            "provider",
            "runtime",
            "userns_mode"
        }) {
            table.add("services.*." + key, OTHER);
        }
        for (String kind : new String[] {"configs", "secrets"}) {
            table.add(kind + ".*.template_driver", OTHER).add(kind + ".*.labels", OTHER);
        }
        table.add("networks.*.ipam.options", OTHER);
        table.add("secrets.*.driver", OTHER).add("secrets.*.driver_opts", OTHER);
        return table;
    }
}

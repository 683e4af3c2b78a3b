package dev.jcompose.model.merge;

import dev.jcompose.model.node.PathTable;

/**
 * Which attribute is merged by which rule.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/13-merge.md">Merge</a>
 */
final class MergeRules {
    /** The rules by path. */
    static final PathTable<MergeRule> TABLE = table();

    private MergeRules() {}

    private static PathTable<MergeRule> table() {
        PathTable<MergeRule> table = new PathTable<>();
        for (String place :
                new String[] {"command", "entrypoint", "healthcheck.test", "ulimits.*", "build.ulimits.*"}) {
            table.add("services.*." + place, MergeRule.REPLACE);
        }
        for (String place : new String[] {
            "annotations",
            "build.additional_contexts",
            "build.args",
            "build.labels",
            "build.no_cache_filter",
            "build.ssh",
            "deploy.labels",
            "dns",
            "dns_opt",
            "dns_search",
            "env_file",
            "environment",
            "label_file",
            "labels",
            "sysctls",
            "tmpfs",
            "volumes.*.volume.labels"
        }) {
            table.add("services.*." + place, MergeRule.KEY_VALUE_LIST);
        }
        for (String kind : new String[] {"networks", "volumes", "secrets", "configs"}) {
            table.add(kind + ".*.labels", MergeRule.KEY_VALUE_LIST);
        }
        return table.add("services.*.extra_hosts", MergeRule.APPEND_NEW)
                .add("services.*.build.extra_hosts", MergeRule.APPEND_NEW)
                .add("services.*.build", MergeRule.BUILD)
                .add("services.*.depends_on", MergeRule.DEPENDS_ON)
                .add("services.*.networks", MergeRule.NAMES)
                .add("services.*.models", MergeRule.NAMES)
                .add("services.*.logging", MergeRule.LOGGING)
                .add("networks.*.ipam.config", MergeRule.IPAM_CONFIG);
    }
}

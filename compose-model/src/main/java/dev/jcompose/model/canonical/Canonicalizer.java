package dev.jcompose.model.canonical;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.MergeTag;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stage: short forms become long forms, by rules per path. A value in long form stays as it is, so the stage may run
 * after each file.
 */
public final class Canonicalizer {

    /** Makes the long form of a value. */
    @FunctionalInterface
    interface Rule {
        /**
         * The long form; for an item of a list also a list of items.
         *
         * @throws IllegalArgumentException if the value is not valid; the message says why
         */
        Node apply(Node node, NodePath path);
    }

    private static final PathTable<Rule> RULES = rules();

    private final Problems problems;

    private final boolean lenient;

    private Canonicalizer(Problems problems, boolean lenient) {
        this.problems = problems;
        this.lenient = lenient;
    }

    /**
     * The model in long form; what cannot be understood is left.
     *
     * @param lenient false: it is also reported; true: it may contain variables that were not replaced
     */
    public static MappingNode apply(MappingNode model, Problems problems, boolean lenient) {
        return (MappingNode) new Canonicalizer(problems, lenient).visit(model, NodePath.ROOT, RULES);
    }

    private Node visit(Node node, NodePath path, @Nullable PathTable<Rule> rules) {
        if (rules == null) {
            return node;
        }
        Node canonical = applied(node, path, rules.rule());
        if (canonical instanceof MappingNode mapping) {
            return mapping.map((key, value) -> visit(value, path.child(key), rules.at(key)));
        }
        PathTable<Rule> items = rules.at("*");
        return items != null && canonical instanceof SequenceNode list ? items(list, path, items) : canonical;
    }

    private Node items(SequenceNode list, NodePath path, PathTable<Rule> rules) {
        List<Node> items = new ArrayList<>(list.items().size());
        int index = 0;
        for (Node item : list.items()) {
            Node long_ = visit(item, path.item(index++), rules);
            if (item instanceof ScalarNode && long_ instanceof SequenceNode several) {
                // "8000-8001" in ports stands for two.
                items.addAll(several.items());
            } else {
                items.add(long_);
            }
        }
        return list.withItems(items);
    }

    private Node applied(Node node, NodePath path, @Nullable Rule rule) {
        if (rule == null || node.tag() == MergeTag.RESET) {
            return node;
        }
        try {
            return rule.apply(node, path);
        } catch (IllegalArgumentException e) {
            if (lenient) {
                return node;
            }
            problems.error(node, path, String.valueOf(e.getMessage()));
            problems.replaced(node.location());
            return ScalarNode.of(null, node.location());
        }
    }

    private static PathTable<Rule> rules() {
        PathTable<Rule> table = new PathTable<>();
        for (String place : new String[] {
            "dns",
            "dns_search",
            "tmpfs",
            "label_file",
            "build.no_cache_filter",
            "develop.watch.*.ignore",
            "develop.watch.*.include"
        }) {
            table.add("services.*." + place, Forms::list);
        }
        for (String place : new String[] {
            "annotations",
            "build.additional_contexts",
            "build.args",
            "build.labels",
            "build.ssh",
            "deploy.labels",
            "environment",
            "labels",
            "sysctls",
            "post_start.*.environment",
            "pre_start.*.environment",
            "pre_stop.*.environment",
            "develop.watch.*.exec.environment",
            "volumes.*.volume.labels",
            "gpus.*.options",
            "deploy.resources.reservations.devices.*.options"
        }) {
            table.add("services.*." + place, Forms::keyValues);
        }
        for (String place : new String[] {"networks", "volumes", "secrets", "configs"}) {
            table.add(place + ".*", Forms::external).add(place + ".*.labels", Forms::keyValues);
        }
        return table.add("services.*.build", Forms::build)
                .add("services.*.build.provenance", Forms::text)
                .add("services.*.build.sbom", Forms::text)
                .add("services.*.build.secrets.*", Forms::fileMount)
                .add("services.*.configs.*", Forms::fileMount)
                .add("services.*.depends_on", Forms::dependsOn)
                .add("services.*.devices.*", MountForms::device)
                .add("services.*.env_file", Forms::envFile)
                .add("services.*.extends", Forms::extended)
                .add("services.*.gpus", MountForms::gpus)
                .add("services.*.models", Forms::names)
                .add("services.*.networks", Forms::names)
                .add("services.*.ports.*", MountForms::ports)
                .add("services.*.secrets.*", Forms::fileMount)
                .add("services.*.volumes.*", MountForms::volume);
    }
}

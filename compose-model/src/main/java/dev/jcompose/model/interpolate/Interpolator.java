package dev.jcompose.model.interpolate;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stage: replaces variables in every text value (never in keys), and casts the text at typed places. Values that YAML
 * already made numbers or booleans are not touched.
 */
public final class Interpolator {
    private static final PathTable<Cast> CASTS = casts();

    private final Problems problems;
    private final Set<String> warned = new HashSet<>();
    private final Variables variables;

    public Interpolator(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** A whole file, or a part of it that is at the given path. */
    public Node interpolate(Node node, NodePath path) {
        PathTable<Cast> casts = path.depth() == 0 ? CASTS : null;
        return visit(node, path, casts);
    }

    private Node visit(Node node, NodePath path, @Nullable PathTable<Cast> casts) {
        if (node instanceof MappingNode mapping) {
            return mapping.map((key, value) -> visit(value, path.child(key), PathTable.step(casts, key)));
        }
        if (node instanceof SequenceNode sequence) {
            return items(sequence, path, PathTable.step(casts, "*"));
        }
        ScalarNode scalar = (ScalarNode) node;
        String text = scalar.text();
        Cast cast = PathTable.ruleOf(casts);
        if (text == null || (cast == null && text.indexOf('$') < 0)) {
            return node;
        }
        return scalar(scalar, text, path, cast);
    }

    private Node items(SequenceNode sequence, NodePath path, @Nullable PathTable<Cast> casts) {
        List<Node> items = new ArrayList<>(sequence.items().size());
        boolean same = true;
        for (Node item : sequence.items()) {
            Node changed = visit(item, path.item(items.size()), casts);
            same &= changed == item;
            items.add(changed);
        }
        return same ? sequence : sequence.withItems(items);
    }

    private Node scalar(ScalarNode scalar, String text, NodePath path, @Nullable Cast cast) {
        try {
            Template template = new Template(variables, name -> unset(scalar, path, name));
            String replaced = template.substitute(text);
            Object value =
                    cast == null ? replaced : cast.apply(replaced, message -> problems.warn(scalar, path, message));
            ScalarNode result = scalar.withValue(value);
            return replaced.equals(text) ? result : result.withOrigin(origin(scalar, text));
        } catch (Template.InvalidTemplateException e) {
            report(
                    scalar,
                    path,
                    "invalid interpolation format for " + path.anonymous()
                            + ".\nYou may need to escape any $ with another $.\n" + e.getMessage());
        } catch (Template.TemplateException e) {
            report(scalar, path, "error while interpolating " + path.anonymous() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            report(
                    scalar,
                    path,
                    "error while interpolating " + path.anonymous() + ": failed to cast to expected type: "
                            + e.getMessage());
        }
        problems.replaced(scalar.location());
        return scalar.withValue(null);
    }

    private static String origin(ScalarNode scalar, String text) {
        String line = text.replace('\n', ' ');
        String from = "from \"" + (line.length() > 60 ? line.substring(0, 60) + "..." : line) + "\"";
        return scalar.origin() == null ? from : from + "\n" + scalar.origin();
    }

    private void report(ScalarNode scalar, NodePath path, String message) {
        problems.error(Problem.of(scalar.location(), path.toString(), message).withOrigin(scalar.origin()));
    }

    private void unset(ScalarNode scalar, NodePath path, String name) {
        if (warned.add(name)) {
            problems.warn(scalar, path, "The \"" + name + "\" variable is not set. Defaulting to a blank string.");
        }
    }

    private static PathTable<Cast> casts() {
        PathTable<Cast> table = new PathTable<>();
        for (String place : new String[] {
            "blkio_config.weight",
            "blkio_config.weight_device.*.weight",
            "cpu_count",
            "cpu_period",
            "cpu_quota",
            "cpu_rt_period",
            "cpu_rt_runtime",
            "cpu_shares",
            "deploy.placement.max_replicas_per_node",
            "deploy.replicas",
            "deploy.restart_policy.max_attempts",
            "deploy.rollback_config.parallelism",
            "deploy.update_config.parallelism",
            "healthcheck.retries",
            "networks.*.gw_priority",
            "networks.*.priority",
            "oom_score_adj",
            "pids_limit",
            "ports.*.target",
            "scale",
            "ulimits.*",
            "ulimits.*.hard",
            "ulimits.*.soft",
            "build.ulimits.*",
            "build.ulimits.*.hard",
            "build.ulimits.*.soft",
            "deploy.resources.limits.pids",
            "deploy.resources.reservations.pids",
            "volumes.*.tmpfs.mode"
        }) {
            table.add("services.*." + place, Cast.INTEGER);
        }
        for (String place : new String[] {
            "cpu_percent",
            "cpus",
            "deploy.resources.limits.cpus",
            "deploy.resources.reservations.cpus",
            "deploy.rollback_config.max_failure_ratio",
            "deploy.update_config.max_failure_ratio"
        }) {
            table.add("services.*." + place, Cast.NUMBER);
        }
        for (String place : new String[] {
            "attach",
            "build.no_cache",
            "build.privileged",
            "build.pull",
            "depends_on.*.required",
            "depends_on.*.restart",
            "develop.watch.*.initial_sync",
            "env_file.*.required",
            "healthcheck.disable",
            "init",
            "oom_kill_disable",
            "post_start.*.privileged",
            "pre_start.*.per_replica",
            "pre_start.*.privileged",
            "pre_stop.*.privileged",
            "privileged",
            "read_only",
            "stdin_open",
            "tty",
            "use_api_socket",
            "volumes.*.bind.create_host_path",
            "volumes.*.read_only",
            "volumes.*.volume.nocopy"
        }) {
            table.add("services.*." + place, Cast.BOOLEAN);
        }
        table.add("models.*.context_size", Cast.INTEGER);
        for (String place : new String[] {"attachable", "enable_ipv4", "enable_ipv6", "external", "internal"}) {
            table.add("networks.*." + place, Cast.BOOLEAN);
        }
        return table.add("volumes.*.external", Cast.BOOLEAN)
                .add("secrets.*.external", Cast.BOOLEAN)
                .add("configs.*.external", Cast.BOOLEAN);
    }
}

package dev.jcompose.model.check;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.value.IpText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stage: rules between the members of one element, whether it is used or not. */
public final class ElementChecks {

    /** Checks one value. */
    @FunctionalInterface
    interface Check {
        void check(Node node, NodePath path, Problems problems);
    }

    private static final PathTable<Check> TABLE = new PathTable<Check>()
            .add("volumes.*", ElementChecks::volume)
            .add("configs.*", (node, path, problems) -> source(node, path, problems, "file", "environment", "content"))
            .add("secrets.*", (node, path, problems) -> source(node, path, problems, "file", "environment"))
            .add("services.*.ports.*", ElementChecks::port)
            .add("services.*.volumes.*", ElementChecks::mount)
            .add("services.*.develop.watch.*.path", ElementChecks::notBlank)
            .add("services.*.deploy.resources.reservations.devices.*", ElementChecks::device)
            .add("services.*.gpus.*", ElementChecks::device);

    private ElementChecks() {}

    /** Reports what is wrong. */
    public static void check(MappingNode model, Problems problems) {
        visit(model, NodePath.ROOT, TABLE, problems);
    }

    private static void visit(Node node, NodePath path, @Nullable PathTable<Check> table, Problems problems) {
        if (table == null) {
            return;
        }
        Check check = table.rule();
        if (check != null) {
            check.check(node, path, problems);
        }
        if (node instanceof MappingNode mapping) {
            mapping.entries().forEach((key, entry) -> visit(entry.value(), path.child(key), table.at(key), problems));
        } else if (node instanceof SequenceNode list) {
            int index = 0;
            for (Node item : list.items()) {
                visit(item, path.item(index++), table.at("*"), problems);
            }
        }
    }

    private static boolean isExternal(MappingNode resource) {
        return resource.get("external") instanceof ScalarNode external && Boolean.TRUE.equals(external.value());
    }

    private static void volume(Node node, NodePath path, Problems problems) {
        if (!(node instanceof MappingNode volume) || !isExternal(volume)) {
            return;
        }
        for (String key : new String[] {"driver", "driver_opts", "labels"}) {
            if (volume.has(key)) {
                problems.error(
                        volume.keyLocation(key),
                        path,
                        path + ": conflicting parameters \"external\" and \"" + key + "\" specified");
            }
        }
    }

    private static void source(Node node, NodePath path, Problems problems, String... sources) {
        if (!(node instanceof MappingNode resource)) {
            return;
        }
        boolean elsewhere = resource.has("external") || resource.has("driver");
        List<String> given = new ArrayList<>();
        for (String source : sources) {
            if (resource.has(source)) {
                given.add(source);
            }
        }
        String all = String.join("|", sources);
        if (given.size() > 1) {
            problems.error(
                    resource.keyLocation(given.get(1)), path, path + ": " + all + " attributes are mutually exclusive");
        } else if (given.isEmpty() && !elsewhere && !problems.isMemberCovered(path.toString())) {
            problems.error(resource, path, path + ": one of " + all + " must be set");
        }
    }

    private static void port(Node node, NodePath path, Problems problems) {
        if (!(node instanceof MappingNode port)) {
            return;
        }
        Node hostIp = port.get("host_ip");
        String address = hostIp == null ? null : hostIp.text();
        if (hostIp != null && address != null && !IpText.isAddress(address)) {
            problems.error(hostIp, path, path.anonymous() + ": invalid ip address: " + address);
        }
        Object target = port.get("target") instanceof ScalarNode given ? given.value() : null;
        boolean known = problems.isCovered(path.child("target").toString());
        if (!known && (target == null || target.equals(0L))) {
            problems.error(port, path, "service ports " + path.bracketed() + " is missing a target port");
        }
    }

    private static void mount(Node node, NodePath path, Problems problems) {
        if (!(node instanceof MappingNode mount)) {
            return;
        }
        if (mount.get("type") instanceof ScalarNode type && "bind".equals(type.value()) && !mount.has("source")) {
            problems.error(node, path, "invalid mount config for type \"bind\": field Source must not be empty");
        }
        if (!mount.has("target") && !problems.isMemberCovered(path.toString())) {
            problems.error(node, path, "service volume " + path.bracketed() + " is missing a mount target");
        }
    }

    private static void notBlank(Node node, NodePath path, Problems problems) {
        if ("".equals(node.plain())) {
            problems.error(node, path, path + ": value can't be blank");
        }
    }

    private static void device(Node node, NodePath path, Problems problems) {
        if (!(node instanceof MappingNode device)) {
            return;
        }
        if (device.has("count") && device.has("device_ids")) {
            problems.error(device, path, path.anonymous() + ": \"count\" and \"device_ids\" attributes are exclusive");
        }
        if (device.get("count") instanceof ScalarNode count
                && count.text() != null
                && !"all".equals(count.value())
                && !String.valueOf(count.value()).matches("[-+]?[0-9]+")) {
            problems.error(
                    count,
                    path.child("count"),
                    "invalid value \"" + count.value() + "\", the only value allowed is 'all' or a number");
        }
    }
}

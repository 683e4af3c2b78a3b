package dev.jcompose.model.merge;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.value.VolumeSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stage: drops duplicates from unique lists. The later entry takes the earlier one's position. */
public final class Unique {
    private static final PathTable<Function<Node, String>> KEYS = keys();

    private Unique() {}

    /** A whole model. */
    public static MappingNode enforce(MappingNode model) {
        return (MappingNode) visit(model, KEYS);
    }

    private static Node visit(Node node, @Nullable PathTable<Function<Node, String>> keys) {
        if (keys == null) {
            return node;
        }
        if (node instanceof MappingNode mapping) {
            return mapping.map((key, value) -> visit(value, keys.at(key)));
        }
        Function<Node, String> key = keys.rule();
        return key != null && node instanceof SequenceNode list ? unique(list, key) : node;
    }

    private static SequenceNode unique(SequenceNode list, Function<Node, String> key) {
        Map<String, Node> byKey = new LinkedHashMap<>();
        for (Node item : list.items()) {
            byKey.put(key.apply(item), item);
        }
        return byKey.size() == list.items().size()
                ? list
                : list.withItems(byKey.values().stream().toList());
    }

    private static PathTable<Function<Node, String>> keys() {
        PathTable<Function<Node, String>> table = new PathTable<>();
        for (String place : new String[] {
            "annotations",
            "build.additional_contexts",
            "build.args",
            "build.labels",
            "build.ssh",
            "build.tags",
            "cap_add",
            "cap_drop",
            "deploy.labels",
            "dns",
            "dns_opt",
            "dns_search",
            "environment",
            "labels",
            "links",
            "networks.*.aliases",
            "networks.*.link_local_ips",
            "profiles",
            "sysctls",
            "tmpfs"
        }) {
            table.add("services.*." + place, Unique::beforeEquals);
        }
        // The reference fails where an override repeats a label of a volume, a secret or a config.
        for (String kind : new String[] {"networks", "volumes", "secrets", "configs"}) {
            table.add(kind + ".*.labels", Unique::beforeEquals);
        }
        return table.add("networks.*.ipam.options", Unique::beforeEquals)
                .add("services.*.expose", Unique::text)
                .add("services.*.env_file", item -> part(item, "path"))
                .add("services.*.volumes", Unique::volumeTarget)
                .add("services.*.devices", Unique::deviceTarget)
                .add("services.*.ports", Unique::port)
                .add("services.*.configs", item -> mount(item, ""))
                .add("services.*.secrets", item -> mount(item, "/run/secrets"));
    }

    private static String text(Node item) {
        return String.valueOf(item.plain());
    }

    private static String beforeEquals(Node item) {
        String text = text(item);
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }

    private static String part(Node item, String key) {
        if (item instanceof MappingNode mapping) {
            Node part = mapping.get(key);
            return part == null ? "" : text(part);
        }
        return text(item);
    }

    private static String mount(Node item, String directory) {
        if (item instanceof MappingNode mapping) {
            Node target = mapping.get("target");
            return target != null ? text(target) : directory + "/" + part(item, "source");
        }
        return directory + "/" + text(item);
    }

    /** The target of a spec in either form; the spec itself if it is not valid, which a later stage reports. */
    private static String volumeTarget(Node item) {
        if (item instanceof MappingNode mount) {
            return mount.has("target")
                    ? part(mount, "target")
                    : mount.location().toString();
        }
        try {
            return VolumeSpec.parse(text(item)).target();
        } catch (IllegalArgumentException e) {
            return text(item);
        }
    }

    private static String deviceTarget(Node item) {
        if (item instanceof MappingNode mapping) {
            return mapping.has("target") ? part(item, "target") : part(item, "source");
        }
        String[] parts = text(item).split(":", -1);
        return parts.length > 1 ? parts[1] : parts[0];
    }

    private static String port(Node item) {
        if (!(item instanceof MappingNode port)) {
            return text(item);
        }
        Node host = port.get("host_ip");
        Node protocol = port.get("protocol");
        return (host == null ? "0.0.0.0" : text(host)) + ":"
                + (port.has("published") ? part(port, "published") : "")
                + ":" + part(port, "target") + "/"
                + (protocol == null ? "tcp" : Objects.toString(protocol.plain()));
    }
}

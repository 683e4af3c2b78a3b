package dev.jcompose.model.canonical;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.value.PortSpec;
import dev.jcompose.model.value.VolumeSpec;
import java.util.ArrayList;
import java.util.List;

/** The long forms of mounts, devices and ports. */
final class MountForms {
    private MountForms() {}

    static Node volume(Node node, NodePath path) {
        if (node instanceof MappingNode mount) {
            return mount.get("target") instanceof ScalarNode target && target.text() != null
                    ? mount.with("target", target.withValue(VolumeSpec.cleanTarget(String.valueOf(target.value()))))
                    : mount;
        }
        if (node.text() == null) {
            return node;
        }
        VolumeSpec spec = VolumeSpec.parse(String.valueOf(node.plain()));
        Mapping mount = new Mapping(node);
        mount.put("type", spec.isBind() ? "bind" : "volume");
        if (spec.source() != null) {
            mount.put("source", spec.source());
        }
        mount.put("target", spec.target());
        Mapping bind = new Mapping(node);
        Mapping volume = new Mapping(node);
        if (spec.isBind()) {
            bind.put("create_host_path", true);
        }
        for (String option : spec.options()) {
            switch (option) {
                case "ro" -> mount.put("read_only", true);
                case "rw" -> mount.remove("read_only");
                case "nocopy" -> volume.put("nocopy", true);
                case "z", "Z" -> bind.put("selinux", option);
                case "shared", "rshared", "slave", "rslave", "private", "rprivate" -> bind.put("propagation", option);
                default -> {
                    // the reference ignores options that it does not know; MountOptions warns of them
                }
            }
        }
        if (spec.isBind() || !bind.isEmpty()) {
            mount.put("bind", bind.done());
        }
        // The reference does not give specs of one or two characters an options block.
        boolean tiny = spec.source() == null && spec.target().length() <= 2;
        if ((!spec.isBind() && !tiny) || !volume.isEmpty()) {
            mount.put("volume", volume.done());
        }
        return mount.done();
    }

    static Node device(Node node, NodePath path) {
        if (node.text() == null) {
            return node;
        }
        String[] parts = String.valueOf(node.plain()).split(":", -1);
        if (parts.length > 3) {
            throw new IllegalArgumentException("confusing device mapping, please use long syntax: " + node.plain());
        }
        Mapping device = new Mapping(node);
        device.put("source", parts[0]);
        device.put("target", parts.length > 1 && !parts[1].isEmpty() ? parts[1] : parts[0]);
        device.put("permissions", parts.length == 3 ? parts[2] : "rwm");
        return device.done();
    }

    static Node gpus(Node node, NodePath path) {
        if (node instanceof SequenceNode) {
            return node;
        }
        Mapping all = new Mapping(node);
        all.put("count", "all");
        return SequenceNode.of(List.of(all.done()), node.location()).withOrigin(node.origin());
    }

    /** One item is one or several. */
    static Node ports(Node node, NodePath path) {
        if (!(node instanceof ScalarNode scalar) || scalar.value() == null) {
            return node;
        }
        if (scalar.value() instanceof Double) {
            throw new IllegalArgumentException(path.parent() + ": invalid type float64 for port");
        }
        List<Node> ports = new ArrayList<>();
        for (PortSpec spec : PortSpec.parse(String.valueOf(scalar.value()))) {
            ports.add(port(spec, node));
        }
        return SequenceNode.of(ports, node.location());
    }

    private static Node port(PortSpec spec, Node place) {
        Mapping port = new Mapping(place);
        port.put("mode", "ingress");
        if (spec.hostIp() != null) {
            port.put("host_ip", spec.hostIp());
        }
        port.put("target", (long) spec.target());
        if (spec.published() != null) {
            port.put("published", spec.published());
        }
        port.put("protocol", spec.protocol());
        return port.done();
    }

    /** A mapping in the making, all of it at the place of the short form. */
    private static final class Mapping {
        private final Node place;
        private final MappingNode.Editor editor;
        private boolean empty = true;

        Mapping(Node place) {
            this.place = place;
            this.editor = MappingNode.empty(place.location()).edit();
        }

        void put(String key, Object value) {
            editor.put(key, value instanceof Node node ? node : ScalarNode.of(value, place.location()));
            empty = false;
        }

        void remove(String key) {
            editor.remove(key);
        }

        boolean isEmpty() {
            return empty;
        }

        Node done() {
            return editor.done().withOrigin(place.origin());
        }
    }
}

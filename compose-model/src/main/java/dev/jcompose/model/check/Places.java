package dev.jcompose.model.check;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problem;

/** Finds where the parts of a service were written. */
final class Places {
    private final MappingNode model;

    Places(MappingNode model) {
        this.model = model;
    }

    /**
     * A problem at the deepest part of the path that exists; without parts, at the name of the service.
     *
     * @param parts keys, or indexes in decimal
     */
    Problem problem(String service, String message, String... parts) {
        NodePath path = NodePath.of("services", service);
        MappingNode services = model.mapping("services");
        Node node = services == null ? null : services.get(service);
        SourceLocation location = services == null ? model.location() : services.keyLocation(service);
        String origin = node == null ? null : node.origin();
        for (String part : parts) {
            Node next = null;
            if (node instanceof MappingNode mapping) {
                next = mapping.get(part);
                location = next == null ? location : mapping.keyLocation(part);
                path = path.child(part);
            } else if (node instanceof SequenceNode list
                    && Integer.parseInt(part) < list.items().size()) {
                next = list.items().get(Integer.parseInt(part));
                location = next.location();
                path = path.item(Integer.parseInt(part));
            }
            if (next == null) {
                break;
            }
            origin = next.origin() == null ? origin : next.origin();
            node = next;
        }
        return Problem.of(location, path.toString(), message).withOrigin(origin);
    }
}

package dev.jcompose.model.check;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.problem.Suggestion;
import dev.jcompose.model.value.VolumeSpec;
import java.util.List;

/** Warns of options in the short form of volumes that are left out, since they do not exist: {@code ./a:/a:r0}. */
public final class MountOptions {
    private MountOptions() {}

    /** Looks at all services of a model whose volumes may be in short form. */
    public static void warn(MappingNode model, Problems problems) {
        MappingNode services = model.mapping("services");
        if (services == null) {
            return;
        }
        services.entries().forEach((name, entry) -> {
            if (entry.value() instanceof MappingNode service
                    && service.get("volumes") instanceof SequenceNode volumes) {
                NodePath path = NodePath.of("services", name).child("volumes");
                int index = 0;
                for (Node item : volumes.items()) {
                    warn(item, path.item(index++), problems);
                }
            }
        });
    }

    private static void warn(Node item, NodePath path, Problems problems) {
        String text = item instanceof ScalarNode ? item.text() : null;
        for (String option : text == null ? List.<String>of() : VolumeSpec.unknownOptions(text)) {
            problems.warn(
                    item,
                    path,
                    "the volume option \"" + option + "\" does not exist and is left out"
                            + Suggestion.hint(option, VolumeSpec.OPTIONS));
        }
    }
}

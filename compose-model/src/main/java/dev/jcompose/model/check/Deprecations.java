package dev.jcompose.model.check;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;

/** Stage: warns of forms that still work, but should not be written any more. */
public final class Deprecations {
    private Deprecations() {}

    /** Warns, and removes what has no effect. */
    public static MappingNode check(MappingNode model, Problems problems) {
        for (String kind : new String[] {"networks", "volumes", "secrets", "configs"}) {
            MappingNode resources = model.mapping(kind);
            if (resources != null) {
                resources.entries().forEach((key, entry) -> {
                    if (entry.value() instanceof MappingNode resource && isNamedExternal(resource)) {
                        NodePath path = NodePath.of(kind, key);
                        problems.warn(
                                entry.value(),
                                path,
                                path + ": external.name is deprecated. Please set name and external: true");
                    }
                });
            }
        }
        return withoutVersion(model, problems);
    }

    private static boolean isNamedExternal(MappingNode resource) {
        return resource.get("external") instanceof MappingNode external && external.has("name");
    }

    private static MappingNode withoutVersion(MappingNode model, Problems problems) {
        if (!model.has("version")) {
            return model;
        }
        SourceLocation place = model.keyLocation("version");
        problems.warn(Problem.of(
                place,
                "",
                place.file()
                        + ": the attribute `version` is obsolete, it will be ignored, please remove it to avoid potential"
                        + " confusion"));
        return model.without("version");
    }
}

package dev.jcompose.model.schema;

import static dev.jcompose.model.schema.CommonShapes.BOOLEAN;
import static dev.jcompose.model.schema.CommonShapes.EXTERNAL;
import static dev.jcompose.model.schema.CommonShapes.KEY_VALUES;
import static dev.jcompose.model.schema.CommonShapes.NULL;
import static dev.jcompose.model.schema.CommonShapes.OPTIONS;
import static dev.jcompose.model.schema.CommonShapes.STRING;
import static dev.jcompose.model.schema.CommonShapes.STRINGS;
import static dev.jcompose.model.schema.CommonShapes.list;
import static dev.jcompose.model.schema.CommonShapes.union;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.TreeChange;
import dev.jcompose.model.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stage: checks a merged model against the schema, and reports every violation. */
public final class ComposeSchema {
    private static final String NAME = "^[a-zA-Z0-9._-]+$";
    private static final Shape INCLUDE = union(
            STRING,
            new MappingShape()
                    .fields(union(STRING, STRINGS), "path", "env_file")
                    .field("project_directory", STRING));
    private static final Shape FILE = file();

    private ComposeSchema() {}

    /** Reports what does not fit, and returns the model without it. */
    public static MappingNode check(MappingNode model, Problems problems) {
        List<Violation> violations = new ArrayList<>();
        FILE.check(model, NodePath.ROOT, violations);
        if (violations.isEmpty()) {
            return model;
        }
        // An anchor's value may be at several places.
        Set<String> known = new HashSet<>();
        TreeChange rest = new TreeChange();
        for (Violation violation : violations) {
            boolean expected = problems.isIncomplete() && violation.kind() == Violation.Kind.MISSING;
            if (!expected && known.add(violation.location() + violation.text())) {
                problems.error(violation.problem(), violation.path().toString());
            }
            violation.removeBy(rest);
        }
        return rest.applyTo(model) instanceof MappingNode valid ? valid : model;
    }

    /** Reports what does not fit in an entry of {@code include}; false if there is something. */
    public static boolean checkInclude(Node entry, NodePath path, Problems problems) {
        List<Violation> violations = new ArrayList<>();
        INCLUDE.check(entry, path, violations);
        violations.forEach(violation ->
                problems.error(violation.problem(), violation.path().toString()));
        return violations.isEmpty();
    }

    private static Shape file() {
        return new MappingShape()
                .fields(STRING, "version", "name")
                .field("include", list(INCLUDE))
                .field("services", MappingShape.of(NAME, ServiceShape.service()))
                // The reference lets any name pass here.
                .field("networks", MappingShape.of(union(network(), NULL)))
                .field("volumes", MappingShape.of(NAME, union(volume(), NULL)))
                .field("secrets", MappingShape.of(NAME, secret()))
                .field("configs", MappingShape.of(NAME, config()))
                .field("models", MappingShape.of(model()));
    }

    private static MappingShape network() {
        MappingShape pool = new MappingShape()
                .fields(STRING, "subnet", "ip_range", "gateway")
                .field("aux_addresses", MappingShape.of(STRING));
        MappingShape ipam = new MappingShape()
                .field("driver", STRING)
                .field("config", list(pool))
                .field("options", MappingShape.of(STRING));
        return new MappingShape()
                .fields(STRING, "name", "driver")
                .field("driver_opts", OPTIONS)
                .field("ipam", ipam)
                .field("external", EXTERNAL)
                .fields(BOOLEAN, "attachable", "enable_ipv4", "enable_ipv6", "internal")
                .field("labels", KEY_VALUES);
    }

    private static MappingShape volume() {
        return new MappingShape()
                .fields(STRING, "name", "driver")
                .field("driver_opts", OPTIONS)
                .field("external", EXTERNAL)
                .field("labels", KEY_VALUES);
    }

    private static MappingShape secret() {
        return new MappingShape()
                .fields(STRING, "name", "environment", "file", "driver", "template_driver")
                .field("driver_opts", OPTIONS)
                .field("external", EXTERNAL)
                .field("labels", KEY_VALUES);
    }

    private static MappingShape config() {
        return new MappingShape()
                .fields(STRING, "name", "content", "environment", "file", "template_driver")
                .field("external", EXTERNAL)
                .field("labels", KEY_VALUES);
    }

    private static MappingShape model() {
        return new MappingShape()
                .fields(STRING, "name", "model")
                .field("context_size", ScalarShape.of("integer", "string"))
                .field("runtime_flags", list(STRING))
                .require("model");
    }
}

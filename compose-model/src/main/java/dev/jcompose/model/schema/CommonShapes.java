package dev.jcompose.model.schema;

import java.util.List;

/** Shapes that many attributes share. */
final class CommonShapes {
    static final Shape STRING = ScalarShape.of("string");
    static final Shape BOOLEAN = ScalarShape.of("boolean", "string");
    static final Shape INTEGER = ScalarShape.of("integer", "string");
    static final Shape NUMBER = ScalarShape.of("number", "string");
    static final Shape NULL = ScalarShape.of("null");
    static final Shape STRINGS = new ListShape(STRING, true);
    static final Shape ANY_STRINGS = new ListShape(STRING, false);
    static final Shape STRING_OR_STRINGS = union(STRING, STRINGS);
    static final Shape KEY_VALUES =
            union(MappingShape.of(ScalarShape.of("boolean", "null", "number", "string")), STRINGS);
    static final Shape OPTIONS = MappingShape.of(NUMBER);
    static final Shape COMMAND = union(NULL, STRING, ANY_STRINGS);
    static final Shape EXTRA_HOSTS = union(MappingShape.of(union(STRING, ANY_STRINGS)), new ListShape(STRING, true));
    static final Shape ULIMITS = MappingShape.of(union(
            ScalarShape.of("integer", "string"),
            new MappingShape().fields(INTEGER, "hard", "soft").require("hard", "soft")));
    static final Shape FILE_MOUNTS = new ListShape(
            union(
                    STRING,
                    new MappingShape()
                            .fields(STRING, "source", "target", "uid", "gid")
                            .field("mode", NUMBER)),
            false);
    static final MappingShape HOOK = hook().require("command");
    static final Shape EXTERNAL = union(ScalarShape.of("boolean", "string"), new MappingShape().field("name", STRING));

    private CommonShapes() {}

    static Shape union(Shape... shapes) {
        return new UnionShape(List.of(shapes));
    }

    static Shape list(Shape item) {
        return new ListShape(item, false);
    }

    static MappingShape hook() {
        return new MappingShape()
                .field("command", COMMAND)
                .fields(STRING, "user", "working_dir")
                .field("privileged", BOOLEAN)
                .field("environment", KEY_VALUES);
    }
}

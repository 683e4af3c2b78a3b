package dev.jcompose.model.resolve;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stage: {@code C:\x} as the source of a bind becomes {@code /c/x}; where COMPOSE_CONVERT_WINDOWS_PATHS asks for it.
 */
public final class WindowsPaths {
    private static final Pattern DRIVE = Pattern.compile("^([A-Za-z]):((?:[\\\\/].*)?)$");
    private static final PathTable<UnaryOperator<Node>> TABLE =
            new PathTable<UnaryOperator<Node>>().add("services.*.volumes.*", WindowsPaths::source);

    private WindowsPaths() {}

    /** The model without drive letters. */
    public static MappingNode convert(MappingNode model) {
        return NodeChange.apply(model, TABLE);
    }

    private static Node source(Node node) {
        if (!(node instanceof MappingNode mount) || !(mount.get("source") instanceof ScalarNode source)) {
            return node;
        }
        Matcher drive = DRIVE.matcher(String.valueOf(source.value()));
        if (!drive.matches()) {
            return node;
        }
        String letter = drive.group(1).toLowerCase(Locale.ROOT);
        return mount.with("source", source.withValue("/" + letter + drive.group(2).replace('\\', '/')));
    }
}

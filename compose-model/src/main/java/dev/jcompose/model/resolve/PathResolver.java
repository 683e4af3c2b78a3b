package dev.jcompose.model.resolve;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.PathTable;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.value.PathText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stage: relative paths of the host become paths from a base directory, and {@code ~} the home directory. Paths in
 * containers, Dockerfiles and URLs stay.
 *
 * <p>The base may itself be relative: what an included or extended file says is first put below that file's directory,
 * and made absolute with the rest.
 */
public final class PathResolver {
    private static final List<String> REMOTE =
            List.of("https://", "http://", "git://", "ssh://", "github.com/", "git@");

    private static final Pattern WINDOWS = Pattern.compile("^([A-Za-z]:[\\\\/]|\\\\\\\\)");

    private final String base;
    private final @Nullable String home;
    private final PathTable<UnaryOperator<Node>> table = new PathTable<>();

    /**
     * @param base the directory, absolute or relative
     * @param home the directory that {@code ~} stands for; null: it stays
     */
    public PathResolver(String base, @Nullable String home) {
        this.base = base;
        this.home = home;
        for (String place : new String[] {"env_file.*.path", "label_file.*", "extends.file", "build.ssh.*"}) {
            table.add("services.*." + place, this::path);
        }
        table.add("services.*.build.context", this::context)
                .add("services.*.build.additional_contexts.*", this::context)
                .add("services.*.develop.watch.*.path", this::watched)
                .add("services.*.volumes.*", this::bind)
                .add("configs.*.file", this::path)
                .add("secrets.*.file", this::path)
                .add("volumes.*", this::device);
    }

    /** The model with paths from the base. */
    public MappingNode resolve(MappingNode model) {
        return NodeChange.apply(model, table);
    }

    private Node path(Node node) {
        String text = node.text();
        return text == null || text.isEmpty() ? node : ((ScalarNode) node).withValue(join(text));
    }

    /** One path from the base. */
    public String join(String path) {
        String expanded = expandHome(path);
        if (expanded.startsWith("/")
                || expanded.startsWith("~")
                || WINDOWS.matcher(expanded).find()) {
            return expanded;
        }
        return PathText.clean(base + "/" + expanded);
    }

    private String expandHome(String path) {
        boolean fromHome = path.equals("~") || path.startsWith("~/");
        return home != null && fromHome ? PathText.clean(home + path.substring(1)) : path;
    }

    private Node context(Node node) {
        String text = node.text();
        if (text == null || text.contains("://") || text.startsWith("service:")) {
            return node;
        }
        return REMOTE.stream().anyMatch(text::startsWith) ? node : path(node);
    }

    private Node watched(Node node) {
        Node resolved = path(node);
        String text = resolved.text();
        if (text == null || !text.startsWith("/")) {
            return resolved;
        }
        try {
            return ((ScalarNode) resolved).withValue(Path.of(text).toRealPath().toString());
        } catch (IOException e) {
            return resolved; // does not exist yet: may be created before the watch begins
        }
    }

    private Node bind(Node node) {
        if (node instanceof MappingNode mount
                && mount.get("type") instanceof ScalarNode type
                && "bind".equals(type.value())
                && mount.get("source") instanceof ScalarNode source) {
            return mount.with("source", path(source));
        }
        return node;
    }

    private Node device(Node node) {
        if (node instanceof MappingNode volume
                && volume.get("driver") instanceof ScalarNode driver
                && "local".equals(driver.value())
                && volume.get("driver_opts") instanceof MappingNode options
                && options.get("o") instanceof ScalarNode kind
                && "bind".equals(kind.value())
                && options.get("device") instanceof ScalarNode device) {
            return volume.with(
                    "driver_opts", options.with("device", device.withValue(join(String.valueOf(device.value())))));
        }
        return node;
    }
}

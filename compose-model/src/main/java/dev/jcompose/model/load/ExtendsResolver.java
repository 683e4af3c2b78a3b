package dev.jcompose.model.load;

import dev.jcompose.model.merge.MergeTags;
import dev.jcompose.model.merge.Merger;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stage: merges each service over the one that it extends, in the same or another file.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/05-services.md#extends">extends</a>
 */
final class ExtendsResolver {
    /** Longer chains exist only to break loaders; each link takes stack. */
    private static final int MAX_CHAIN = 500;

    /**
     * The services of a file.
     *
     * @param name for messages
     * @param services as written
     * @param resolved those whose extends is resolved already
     */
    private record Origin(String name, MappingNode services, Map<String, Node> resolved) {}

    private final ModelLoader loader;
    private final SourceTexts texts;
    private final Scope scope;
    private final Map<Path, Origin> files = new HashMap<>();

    ExtendsResolver(ModelLoader loader, SourceTexts texts, Scope scope) {
        this.loader = loader;
        this.texts = texts;
        this.scope = scope;
    }

    /**
     * The file with no extends left.
     *
     * @throws ComposeFileException if a service or file does not exist, or services extend each other in a circle
     */
    MappingNode resolve(MappingNode file) {
        MappingNode services = file.mapping("services");
        if (services == null) {
            return file;
        }
        Origin origin = new Origin(file.location().file(), services, new HashMap<>());
        return file.with("services", services.map((name, node) -> service(name, origin, new ArrayList<>())));
    }

    private Node service(String name, Origin file, List<String> trail) {
        Node known = file.resolved.get(name);
        if (known != null) {
            return known;
        }
        Node node = file.services.get(name);
        if (node == null) {
            return ScalarNode.of(null, file.services.location());
        }
        if (!(node instanceof MappingNode service)) {
            return node;
        }
        Node extended = service.get("extends");
        if (extended == null || extended.isNull()) {
            return node;
        }
        String step = name + " in " + file.name;
        if (trail.contains(step)) {
            trail.add(step);
            List<String> circle = trail.subList(trail.indexOf(step), trail.size());
            throw failure(extended, name, "Circular reference:\n  " + String.join("\n  extends ", circle));
        }
        trail.add(step);
        if (trail.size() > MAX_CHAIN) {
            throw failure(extended, name, "more than " + MAX_CHAIN + " services extend each other in a chain");
        }
        MappingNode own = service.without("extends");
        Node base = base(name, extended, file, trail);
        Node merged = base instanceof MappingNode mapping
                ? Merger.mergeService(inherited(MergeTags.strip(mapping), extended), own, name)
                : base.isNull() ? service : own;
        file.resolved.put(name, merged);
        return merged;
    }

    private Node base(String name, Node extended, Origin file, List<String> trail) {
        String reference = part(extended, "service");
        String otherFile = extended instanceof MappingNode ? part(extended, "file") : null;
        if (reference == null) {
            throw failure(extended, name, "extends." + name + ".service is required");
        }
        Origin origin = otherFile == null ? file : open(name, reference, otherFile, extended, file);
        if (!origin.services.has(reference)) {
            String where = otherFile == null ? "" : " in " + otherFile;
            throw failure(
                    extended,
                    name,
                    "cannot extend service \"" + name + "\" in " + file.name + ": service \"" + reference
                            + "\" not found" + where);
        }
        return service(reference, origin, trail);
    }

    private static @Nullable String part(Node extended, String key) {
        Node part = extended instanceof MappingNode mapping ? mapping.get(key) : extended;
        return part == null ? null : part.text();
    }

    private Origin open(String name, String reference, String fileName, Node extended, Origin from) {
        RemoteFiles.refuse(fileName, extended, "services." + name + ".extends.file");
        Path path = scope.directory().resolve(fileName).normalize();
        Origin known = files.get(path);
        if (known != null) {
            return known;
        }
        List<Node> documents = opened(path, extended, name);
        Path parent = path.getParent();
        MappingNode services = loader.servicesOf(documents, parent == null ? "." : scope.relative(parent));
        String display = texts.display(path);
        if (services == null) {
            throw failure(
                    extended,
                    name,
                    "cannot extend service \"" + name + "\" in " + from.name + ": no services section in " + display
                            + " for \"" + reference + "\"");
        }
        Origin origin = new Origin(display, services, new HashMap<>());
        files.put(path, origin);
        return origin;
    }

    private List<Node> opened(Path path, Node extended, String name) {
        try {
            return texts.documents(path);
        } catch (ComposeFileException e) {
            Problem problem = e.problems().get(0);
            if (problem.location().equals(SourceLocation.NONE)) {
                throw failure(extended, name, problem.message());
            }
            throw e;
        }
    }

    private static MappingNode inherited(MappingNode base, Node extended) {
        String origin = "inherited by extends at " + extended.location();
        return base.withOrigin(origin);
    }

    private static ComposeFileException failure(Node node, String service, String message) {
        return new ComposeFileException(Problem.of(node.location(), "services." + service + ".extends", message)
                .withOrigin(node.origin()));
    }
}

package dev.jcompose.model.load;

import dev.jcompose.model.merge.MergeTags;
import dev.jcompose.model.merge.Merger;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stage: merges each service over the one that it extends, in the same or another file.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/05-services.md#extends">extends</a>
 */
final class ExtendsResolver {
    /** Longer chains exist only to break loaders: each link takes stack, and inherits what all before it have. */
    private static final int MAX_CHAIN = 500;

    /**
     * The services of a file.
     *
     * @param name for messages
     * @param services as written
     * @param resolved those whose extends is resolved already
     * @param broken names of those that lack a base, or whose base does
     * @param links how many services each of them extends, one after the other
     */
    private record Source(
            String name,
            MappingNode services,
            Map<String, Node> resolved,
            Set<String> broken,
            Map<String, Integer> links) {

        Source(String name, MappingNode services) {
            this(name, services, new HashMap<>(), new HashSet<>(), new HashMap<>());
        }

        boolean isTooLong(String service) {
            return links.getOrDefault(service, 0) > MAX_CHAIN;
        }
    }

    private final ModelLoader loader;
    private final SourceTexts texts;
    private final Scope scope;
    private final Map<Path, Source> files = new HashMap<>();

    private final Problems problems;
    private boolean longChain;

    ExtendsResolver(ModelLoader loader, SourceTexts texts, Scope scope, Problems problems) {
        this.problems = problems;
        this.loader = loader;
        this.texts = texts;
        this.scope = scope;
    }

    /**
     * The file with no extends left. A base that does not exist or cannot be loaded, or that extends the service, is
     * reported and left out.
     */
    MappingNode resolve(MappingNode file) {
        MappingNode services = file.mapping("services");
        if (services == null) {
            return file;
        }
        Source origin = new Source(file.location().file(), services);
        return file.with("services", services.map((name, node) -> service(name, origin, new ArrayList<>())));
    }

    private Node service(String name, Source file, List<String> trail) {
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
        MappingNode own = service.without("extends");
        Node merged = own;
        try {
            checkTrail(name, extended, file, trail);
            Node base = base(name, extended, file, trail);
            if (base instanceof MappingNode mapping) {
                merged = Merger.mergeService(inherited(MergeTags.strip(mapping), extended), own, name, problems);
            } else if (base.isNull()) {
                merged = service;
            }
        } catch (ComposeFileException e) {
            report(e, trail.size() > MAX_CHAIN || file.isTooLong(name));
            lacksBase(name, file);
        }
        file.resolved.put(name, merged);
        return merged;
    }

    private static void checkTrail(String name, Node extended, Source file, List<String> trail) {
        String step = name + " in " + file.name;
        if (trail.contains(step)) {
            trail.add(step);
            List<String> circle = trail.subList(trail.indexOf(step), trail.size());
            throw failure(extended, name, "Circular reference:\n  " + String.join("\n  extends ", circle));
        }
        trail.add(step);
        if (trail.size() > MAX_CHAIN) {
            throw tooLong(name, extended);
        }
    }

    private static ComposeFileException tooLong(String name, Node extended) {
        return failure(extended, name, "more than " + MAX_CHAIN + " services extend each other in a chain");
    }

    private Node base(String name, Node extended, Source file, List<String> trail) {
        String reference = part(extended, "service");
        String otherFile = extended instanceof MappingNode ? part(extended, "file") : null;
        if (reference == null) {
            throw failure(extended, name, "extends." + name + ".service is required");
        }
        Source origin = otherFile == null ? file : open(name, reference, otherFile, extended, file);
        if (!origin.services.has(reference)) {
            String where = otherFile == null ? "" : " in " + otherFile;
            throw failure(
                    extended,
                    name,
                    "cannot extend service \"" + name + "\" in " + file.name + ": service \"" + reference
                            + "\" not found" + where);
        }
        Node base = service(reference, origin, trail);
        file.links.put(name, origin.links.getOrDefault(reference, 0) + 1);
        if (file.isTooLong(name)) {
            throw tooLong(name, extended);
        }
        if (origin.broken.contains(reference) || problems.isMemberCovered("services." + reference)) {
            lacksBase(name, file);
        }
        return base;
    }

    /** A chain that is too long is reported once, not for each of its parts. */
    private void report(ComposeFileException e, boolean tooLong) {
        if (!tooLong || !longChain) {
            problems.error(e);
        }
        longChain |= tooLong;
    }

    /** What the service would inherit is not known, so nothing can be said about what it lacks. */
    private void lacksBase(String name, Source file) {
        file.broken.add(name);
        problems.cover("services." + name + ".extends");
    }

    private static @Nullable String part(Node extended, String key) {
        Node part = extended instanceof MappingNode mapping ? mapping.get(key) : extended;
        return part == null ? null : part.text();
    }

    private Source open(String name, String reference, String fileName, Node extended, Source from) {
        RemoteFiles.refuse(fileName, extended, "services." + name + ".extends.file");
        Path path = scope.directory().resolve(fileName).normalize();
        Source known = files.get(path);
        if (known != null) {
            return known;
        }
        List<Node> documents = texts.documents(path, step(extended), reason -> failure(extended, name, reason));
        Path parent = path.getParent();
        MappingNode services = problems.through(
                step(extended), () -> loader.servicesOf(documents, parent == null ? "." : scope.relative(parent)));
        String display = texts.display(path);
        if (services == null) {
            throw failure(
                    extended,
                    name,
                    "cannot extend service \"" + name + "\" in " + from.name + ": no services section in " + display
                            + " for \"" + reference + "\"");
        }
        Source origin = new Source(display, services);
        files.put(path, origin);
        return origin;
    }

    private static MappingNode inherited(MappingNode base, Node extended) {
        return base.withOrigin(Origin.join(base.origin(), step(extended)));
    }

    private static String step(Node extended) {
        return "inherited by extends at " + extended.location();
    }

    private static ComposeFileException failure(Node node, String service, String message) {
        return new ComposeFileException(Problem.of(node.location(), "services." + service + ".extends", message)
                .withOrigin(node.origin()));
    }
}

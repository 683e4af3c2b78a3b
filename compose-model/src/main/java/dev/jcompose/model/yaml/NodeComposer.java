package dev.jcompose.model.yaml;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.MergeTag;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.Origin;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Composes the nodes of one document from parser events: resolves aliases and merge keys, and rejects what the
 * reference rejects. Used once.
 */
final class NodeComposer {
    private static final String YAML_TAG = "tag:yaml.org,2002:";
    /** Deeper files exist only to break loaders. */
    private static final int MAX_DEPTH = 200;
    /** How many nodes all aliases together may stand for. */
    private static final int MAX_ALIASED_NODES = 250_000;

    /**
     * An anchor.
     *
     * @param path where it is
     * @param node what it stands for; null while that is being composed
     * @param size how many nodes that is
     */
    private record Anchor(NodePath path, @Nullable Node node, int size) {}

    private final String file;
    private final Iterator<Event> events;
    private final Map<String, Anchor> anchors = new HashMap<>();
    private final Consumer<Problem> problems;
    private int composed;
    private int aliased;

    /** @param problems is told what is wrong but leaves the rest of the document readable */
    NodeComposer(String file, Iterator<Event> events, Consumer<Problem> problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    Node compose() {
        return node(events.next(), NodePath.ROOT, 0);
    }

    private Node node(Event event, NodePath path, int depth) {
        if (event instanceof AliasEvent alias) {
            return alias(alias, path);
        }
        if (depth > MAX_DEPTH) {
            // The path would fill the screen.
            throw failure(location(event), NodePath.ROOT, "nested deeper than " + MAX_DEPTH + " levels");
        }
        int before = composed++;
        Optional<String> anchor = ((NodeEvent) event).getAnchor().map(org.snakeyaml.engine.v2.common.Anchor::getValue);
        anchor.ifPresent(name -> anchors.put(name, new Anchor(path, null, 0)));
        Node node;
        if (event instanceof ScalarEvent scalar) {
            node = scalar(scalar, path);
        } else {
            CollectionStartEvent start = (CollectionStartEvent) event;
            Node collection = event.getEventId() == Event.ID.SequenceStart
                    ? sequence(start, path, depth)
                    : mapping(start, path, depth);
            node = collection.withTag(mergeTag(start.getTag().orElse("")));
        }
        anchor.ifPresent(name -> anchors.put(name, new Anchor(path, node, composed - before)));
        return node;
    }

    private Node alias(AliasEvent event, NodePath path) {
        String name = event.getAlias().getValue();
        Anchor anchor = anchors.get(name);
        if (anchor == null) {
            report(location(event), path, "found undefined alias \"" + name + "\"");
            return ScalarNode.of(null, location(event));
        }
        if (anchor.node == null) {
            throw failure(
                    location(event),
                    path,
                    "cycle detected: node at path " + path.dotted()
                            + path.dotted().substring(anchor.path.dotted().length()) + " references node at path "
                            + path.dotted());
        }
        composed += anchor.size;
        aliased += anchor.size;
        if (aliased > MAX_ALIASED_NODES) {
            throw failure(location(event), path, "aliases stand for more than " + MAX_ALIASED_NODES + " values");
        }
        return anchor.node.withOrigin(
                Origin.join(anchor.node.origin(), "through the alias *" + name + " at " + location(event)));
    }

    private ScalarNode scalar(ScalarEvent event, NodePath path) {
        SourceLocation location = location(event);
        String tag = event.getTag().orElse("");
        Object value = event.isPlain() && (tag.isEmpty() || mergeTag(tag) != MergeTag.NONE)
                ? ScalarResolver.resolve(event.getValue())
                : tagged(tag, event.getValue(), location, path);
        return new ScalarNode(value, location, null, mergeTag(tag));
    }

    private @Nullable Object tagged(String tag, String text, SourceLocation location, NodePath path) {
        if (!tag.startsWith(YAML_TAG)) {
            return text;
        }
        String type = tag.substring(YAML_TAG.length());
        Object value = ScalarResolver.resolve(text);
        boolean fits = switch (type) {
            case "int" -> value instanceof Long || value instanceof BigInteger;
            case "float" -> value instanceof Number;
            case "bool" -> value instanceof Boolean;
            case "null" -> value == null;
            default -> true;
        };
        if (!fits) {
            report(location, path, "cannot read \"" + text + "\" as a !!" + type);
        }
        return switch (type) {
            case "int", "bool", "null" -> value;
            case "float" -> value instanceof Number number ? (Object) number.doubleValue() : text;
            case "binary" -> binary(text);
            default -> text;
        };
    }

    private static String binary(String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static MergeTag mergeTag(String tag) {
        return switch (tag) {
            case "!reset" -> MergeTag.RESET;
            case "!override" -> MergeTag.OVERRIDE;
            default -> MergeTag.NONE;
        };
    }

    private SequenceNode sequence(CollectionStartEvent start, NodePath path, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, path.item(items.size()), depth + 1));
        }
        return SequenceNode.of(items, location(start));
    }

    private MappingNode mapping(CollectionStartEvent start, NodePath path, int depth) {
        MappingNode.Editor editor = MappingNode.empty(location(start)).edit();
        Map<String, SourceLocation> keys = new HashMap<>();
        SourceLocation mergeKey = null;
        Node merged = null;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            SourceLocation place = location(event);
            boolean isMerge = event instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<");
            String key = key(event, path, depth);
            if (key == null) {
                node(events.next(), path, depth + 1);
                continue;
            }
            SourceLocation earlier = keys.putIfAbsent(key, place);
            if (earlier != null) {
                report(
                        place,
                        path.child(key),
                        "line " + place.line() + ": mapping key \"" + key + "\" already defined at line "
                                + earlier.line());
                node(events.next(), path, depth + 1);
                continue;
            }
            if (isMerge) {
                mergeKey = place;
                merged = node(events.next(), path, depth + 1);
            } else {
                editor.put(key, new MappingNode.Entry(place, node(events.next(), path.child(key), depth + 1)));
            }
        }
        if (merged != null && mergeKey != null) {
            merge(editor, merged, mergeKey, path);
        }
        return editor.done();
    }

    /** Null if it is not text. */
    private @Nullable String key(Event event, NodePath path, int depth) {
        boolean reported = event instanceof AliasEvent alias
                && !anchors.containsKey(alias.getAlias().getValue());
        Node key = node(event, path, depth + 1);
        String text = key.text();
        if (text == null && !reported) {
            String where = path.depth() == 0 ? "at top level" : "in " + path;
            report(
                    location(event),
                    path.child(String.valueOf(key.plain())),
                    "non-string key " + where + ": " + key.plain());
        }
        return text;
    }

    /** Shallow: what is there stays; of several mappings the first one wins. */
    private void merge(MappingNode.Editor editor, Node merged, SourceLocation mergeKey, NodePath path) {
        List<Node> sources = merged instanceof SequenceNode list ? list.items() : List.of(merged);
        for (Node source : sources) {
            if (!(source instanceof MappingNode mapping)) {
                report(mergeKey, path, "map merge requires map or sequence of maps as the value");
                continue;
            }
            String origin = "through the merge key << at " + mergeKey;
            mapping.entries().forEach((key, entry) -> {
                Node own = editor.get(key);
                if (own == null) {
                    Node inherited = entry.value();
                    Node node = inherited.withOrigin(Origin.join(inherited.origin(), origin));
                    editor.put(key, new MappingNode.Entry(entry.key(), node));
                } else if (entry.value().tag() != MergeTag.NONE && own.tag() == MergeTag.NONE) {
                    // A reset that comes in by << still holds for earlier files, with this value in its place.
                    editor.put(key, own.withTag(MergeTag.OVERRIDE));
                }
            });
        }
    }

    private SourceLocation location(Event event) {
        return event.getStartMark().map(mark -> YamlReader.of(file, mark)).orElse(SourceLocation.startOf(file));
    }

    private void report(SourceLocation place, NodePath path, String message) {
        problems.accept(Problem.of(place, path.toString(), message));
    }

    private static ComposeFileException failure(SourceLocation place, NodePath path, String message) {
        return new ComposeFileException(Problem.of(place, path.toString(), message));
    }
}

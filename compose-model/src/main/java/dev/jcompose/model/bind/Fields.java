package dev.jcompose.model.bind;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.value.ByteSizes;
import dev.jcompose.model.value.CommandLine;
import dev.jcompose.model.value.Durations;
import dev.jcompose.model.value.GoNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapping, with typed access to its members. A member that is missing or null is null, 0, false or empty; one that
 * cannot be read is reported with its place, and then treated as missing.
 */
final class Fields {
    private final MappingNode node;
    private final NodePath path;
    private final Problems problems;

    Fields(MappingNode node, NodePath path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** The keys of the members. */
    Set<String> names() {
        return node.keys();
    }

    boolean has(String key) {
        Node value = node.get(key);
        return value != null && !value.isNull();
    }

    /**
     * True if one of the members is there. Cheaper than comparing a record with its default: the first {@code equals}
     * of each record class costs a cold JVM milliseconds.
     */
    boolean hasAny(String... keys) {
        for (String key : keys) {
            if (has(key)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object value(String key) {
        return node.get(key) instanceof ScalarNode scalar ? scalar.value() : null;
    }

    /** A scalar of any kind as text. */
    @Nullable
    String string(String key) {
        Object value = value(key);
        return value == null ? null : GoNumbers.text(value);
    }

    /** A text that must be there, which the schema has checked. */
    String required(String key) {
        String text = string(key);
        return text == null ? "" : text;
    }

    /**
     * A text that is the name of one of the values, in lower case and with {@code +} for {@code _}; the schema has
     * checked it. Not by {@code valueOf}, which needs reflection, which is slow to start.
     */
    <E extends Enum<E>> E oneOf(String key, E[] values) {
        String text = required(key);
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text.replace('+', '_'))) {
                return value;
            }
        }
        error(key, "unknown value \"" + text + "\"");
        return values[0];
    }

    /** As {@link #string}, with null for the empty text. */
    @Nullable
    String nonEmpty(String key) {
        String text = string(key);
        return text == null || text.isEmpty() ? null : text;
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(bool(key));
    }

    @Nullable
    Boolean bool(String key) {
        return converted(key, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("invalid boolean: " + text);
        });
    }

    @Nullable
    Integer integer(String key) {
        Long value = whole(key);
        if (value != null && value != value.intValue()) {
            error(key, value + " is out of range");
            return null;
        }
        return value == null ? null : Integer.valueOf(value.intValue());
    }

    /** An integer that counts or identifies something. */
    @Nullable
    Integer unsigned(String key) {
        Integer value = integer(key);
        if (value != null && value < 0) {
            error(key, value + " overflows uint");
            return null;
        }
        return value;
    }

    int unsignedOrZero(String key) {
        Integer value = unsigned(key);
        return value == null ? 0 : value;
    }

    int intOrZero(String key) {
        Integer value = integer(key);
        return value == null ? 0 : value;
    }

    long longOrZero(String key) {
        Long value = whole(key);
        return value == null ? 0 : value;
    }

    /** A number without its fraction: where the schema asks for a number, 1.5 and 1e3 are fine. */
    private @Nullable Long whole(String key) {
        return value(key) instanceof Double number
                ? Long.valueOf(number.longValue())
                : converted(key, Fields::parseWhole);
    }

    /** A count, where {@code all} is -1. */
    long count(String key) {
        Long value = converted(key, text -> text.equals("all") ? -1L : parseWhole(text));
        return value == null ? 0 : value;
    }

    private static long parseWhole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("strconv.Atoi: parsing \"" + text + "\": invalid syntax", e);
        }
    }

    double number(String key) {
        Double value = converted(key, Double::valueOf);
        return value == null ? 0 : value;
    }

    long bytes(String key) {
        Long value = converted(key, ByteSizes::parse);
        return value == null ? 0 : value;
    }

    @Nullable
    Duration duration(String key) {
        return converted(key, Durations::parse);
    }

    /** Permission bits: a number by value, a text as octal. */
    @Nullable
    Integer fileMode(String key) {
        Object value = value(key);
        return value instanceof Long number
                ? Integer.valueOf(number.intValue())
                : converted(key, text -> Integer.parseInt(text, 8));
    }

    private <T> @Nullable T converted(String key, Function<String, T> conversion) {
        Object value = value(key);
        if (value == null) {
            return null;
        }
        String text = GoNumbers.text(value);
        try {
            return conversion.apply(text);
        } catch (NumberFormatException e) {
            error(key, "invalid number: \"" + text + "\"");
        } catch (ArithmeticException e) {
            error(key, text + " is out of range");
        } catch (IllegalArgumentException e) {
            error(key, String.valueOf(e.getMessage()));
        }
        return null;
    }

    void error(String key, String message) {
        Node value = node.get(key);
        problems.error(value == null ? node : value, path.child(key), message);
    }

    /** The items of a list as text. */
    List<String> strings(String key) {
        List<String> texts = new ArrayList<>();
        if (node.get(key) instanceof SequenceNode list) {
            for (Node item : list.items()) {
                Object plain = item.plain();
                texts.add(plain == null ? "" : GoNumbers.text(plain));
            }
        } else if (has(key)) {
            texts.add(required(key));
        }
        return texts;
    }

    /** A mapping of text; a null value is the empty text. */
    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        nullableTexts(key).forEach((name, value) -> texts.put(name, value == null ? "" : value));
        return texts;
    }

    /** A mapping of text. */
    Map<String, @Nullable String> nullableTexts(String key) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        if (node.get(key) instanceof MappingNode mapping) {
            mapping.entries().forEach((name, entry) -> {
                Object plain = entry.value().plain();
                texts.put(name, plain == null ? null : GoNumbers.text(plain));
            });
        }
        return texts;
    }

    /** A command as a list of words, or as one text that is split; null if it is not there. */
    @Nullable
    List<String> command(String key) {
        if (!has(key)) {
            return null;
        }
        return node.get(key) instanceof SequenceNode ? strings(key) : converted(key, text -> words(key, text));
    }

    private List<String> words(String key, String text) {
        List<String> words = CommandLine.split(text);
        String rest = CommandLine.rest(text);
        Node value = node.get(key);
        if (!rest.isEmpty() && value != null) {
            problems.warn(Problem.of(
                            value.location(),
                            path.child(key).toString(),
                            "\"" + rest + "\" is left out: no shell runs this")
                    .withOrigin(value.origin())
                    .withHint("where a shell is to run it, write [\"sh\", \"-c\", \"...\"]"));
        }
        return words;
    }

    /** A member that is a mapping; null if it is not there. */
    <T> @Nullable T object(String key, Function<Fields, T> binder) {
        Node value = node.get(key);
        return value instanceof MappingNode mapping
                ? binder.apply(new Fields(mapping, path.child(key), problems))
                : null;
    }

    /** A member that is a mapping; an empty one is like a missing one. */
    <T> @Nullable T nonEmptyObject(String key, Function<Fields, T> binder) {
        MappingNode mapping = node.mapping(key);
        return mapping == null || mapping.keys().isEmpty() ? null : object(key, binder);
    }

    /** A member that is a list of mappings. */
    <T> List<T> objects(String key, Function<Fields, T> binder) {
        List<T> objects = new ArrayList<>();
        if (node.get(key) instanceof SequenceNode list) {
            int index = 0;
            for (Node item : list.items()) {
                NodePath place = path.child(key).item(index++);
                if (item instanceof MappingNode mapping) {
                    objects.add(binder.apply(new Fields(mapping, place, problems)));
                } else if (!item.isNull()) {
                    problems.error(
                            item, place, "cannot be understood; does it contain a variable that was not replaced?");
                }
            }
        }
        return objects;
    }

    /** A member whose keys are names, except {@code x-*} keys; a null value is bound like an empty mapping. */
    <T> Map<String, T> namedWithoutExtensions(String key, BiFunction<String, Fields, T> binder) {
        Map<String, T> named = named(key, binder);
        named.keySet().removeIf(name -> name.startsWith("x-"));
        return named;
    }

    /** As above, and {@code x-*} keys are names too. */
    <T> Map<String, T> named(String key, BiFunction<String, Fields, T> binder) {
        Map<String, T> named = new LinkedHashMap<>();
        if (node.get(key) instanceof MappingNode mapping) {
            mapping.entries().forEach((name, entry) -> {
                Node value = entry.value();
                MappingNode fields = value instanceof MappingNode given ? given : MappingNode.empty(value.location());
                named.put(
                        name,
                        binder.apply(name, new Fields(fields, path.child(key).child(name), problems)));
            });
        }
        return named;
    }

    /** The raw value. */
    @Nullable
    Node node(String key) {
        return node.get(key);
    }

    /** The {@code x-*} members, as plain values. */
    Map<String, @Nullable Object> extensions() {
        Map<String, @Nullable Object> extensions = new LinkedHashMap<>();
        node.entries().forEach((key, entry) -> {
            if (key.startsWith("x-")) {
                extensions.put(key, entry.value().plain());
            }
        });
        return extensions;
    }
}

package dev.jcompose.model.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The short syntax of a mount, {@code [SOURCE:]TARGET[:OPTIONS]}, taken apart.
 *
 * @param source host path or volume name; null for an anonymous volume
 * @param target path in the container, cleaned
 * @param options the options, as written
 */
public record VolumeSpec(@Nullable String source, String target, List<String> options) {
    /** Those that exist. */
    public static final List<String> OPTIONS =
            List.of("ro", "rw", "nocopy", "z", "Z", "shared", "rshared", "slave", "rslave", "private", "rprivate");

    /**
     * Parses the short syntax.
     *
     * @throws IllegalArgumentException for another form; the message is the reference's
     */
    public static VolumeSpec parse(String spec) {
        if (spec.isEmpty()) {
            throw new IllegalArgumentException("invalid empty volume spec");
        }
        if (spec.length() <= 2) {
            return new VolumeSpec(null, cleanTarget(spec), List.of());
        }
        List<String> parts = parts(spec);
        return switch (parts.size()) {
            case 1 -> new VolumeSpec(null, cleanTarget(parts.get(0)), List.of());
            case 2 -> new VolumeSpec(parts.get(0), cleanTarget(parts.get(1)), List.of());
            case 3 ->
                new VolumeSpec(
                        parts.get(0),
                        cleanTarget(parts.get(1)),
                        List.of(parts.get(2).split(",", -1)));
            default -> throw new IllegalArgumentException("invalid spec: " + spec + ": too many colons");
        };
    }

    /** The options of a spec that do not exist; none if the spec is not valid. */
    public static List<String> unknownOptions(String spec) {
        try {
            return parse(spec).options().stream()
                    .filter(option -> !OPTIONS.contains(option))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** True if the source is a path of the host, and not the name of a volume. */
    public boolean isBind() {
        return source != null && isPath(source);
    }

    private static boolean isPath(String source) {
        char first = source.charAt(0);
        return first == '.' || first == '/' || first == '~' || first == '\\' || isDrive(source);
    }

    private static boolean isDrive(String text) {
        return text.length() > 1 && text.charAt(1) == ':' && Character.isLetter(text.charAt(0));
    }

    private static List<String> parts(String spec) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < spec.length(); i++) {
            char c = spec.charAt(i);
            if (c != ':') {
                part.append(c);
            } else if (part.length() == 1 && Character.isLetter(part.charAt(0))) {
                // One letter and a colon are taken for a Windows drive, wherever a section begins.
                part.append(c);
            } else if (part.length() == 0) {
                throw new IllegalArgumentException("invalid spec: " + spec + ": empty section between colons");
            } else {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        if (part.length() == 0) {
            throw new IllegalArgumentException("invalid spec: " + spec + ": empty section between colons");
        }
        parts.add(part.toString());
        return parts;
    }

    /** Removes doubled and trailing slashes, {@code .} and {@code ..}, as the reference does. */
    public static String cleanTarget(String target) {
        return target.isEmpty() ? "" : PathText.clean(target);
    }
}

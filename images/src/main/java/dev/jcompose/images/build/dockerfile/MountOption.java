package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code --mount=KEY=VALUE,...} of {@code RUN}.
 *
 * @param type {@code bind}, {@code cache}, {@code tmpfs}, {@code secret} or {@code ssh}
 * @param settings by their canonical names (target, source, from, id, ...), as written; {@code true} for a key alone
 */
public record MountOption(String type, Map<String, String> settings, Position at) {
    private static final Map<String, String> ALIASES =
            Map.of("dst", "target", "destination", "target", "src", "source", "ro", "readonly", "rw", "readwrite");
    private static final Map<String, Set<String>> KEYS = Map.of(
            "bind", Set.of("target", "source", "from", "readonly", "readwrite"),
            "cache", Set.of("target", "source", "from", "id", "sharing", "mode", "uid", "gid", "readonly", "readwrite"),
            "tmpfs", Set.of("target", "size"),
            "secret", Set.of("target", "id", "source", "required", "mode", "uid", "gid", "env"),
            "ssh", Set.of("target", "id", "required", "mode", "uid", "gid"));

    /** @throws DockerfileException for a type or key that there is not */
    static MountOption parse(Source source, Flag flag) throws DockerfileException {
        Map<String, String> settings = new LinkedHashMap<>();
        String type = "bind";
        for (String field : fields(flag.value())) {
            int equals = field.indexOf('=');
            String written = equals < 0 ? field : field.substring(0, equals);
            String key = ALIASES.getOrDefault(written, written);
            String value = equals < 0 ? "true" : field.substring(equals + 1);
            if (key.equals("type")) {
                type = value;
            } else {
                settings.put(key, value);
            }
        }
        Set<String> known = KEYS.get(type);
        if (known == null) {
            throw source.mistake(
                    flag.at(),
                    "unsupported mount type \"%s\": known are bind, cache, tmpfs, secret, ssh".formatted(type));
        }
        for (String key : settings.keySet()) {
            if (!known.contains(key)) {
                throw source.mistake(flag.at(), "unexpected key \"%s\" for mount type \"%s\"".formatted(key, type));
            }
        }
        boolean needsTarget = type.equals("bind") || type.equals("cache") || type.equals("tmpfs");
        if (needsTarget && !settings.containsKey("target")) {
            throw source.mistake(flag.at(), "mount of type \"%s\" needs a target".formatted(type));
        }
        return new MountOption(type, settings, flag.at());
    }

    /** Comma-separated; a field in double quotes may hold commas. */
    private static List<String> fields(String text) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /** A setting as written; null if it is not there. */
    public @Nullable String get(String key) {
        return settings.get(key);
    }

    /** Whether a setting is there and not {@code false}. */
    public boolean flag(String key) {
        String value = settings.get(key);
        return value != null && !value.equals("false") && !value.equals("0");
    }
}

package dev.jcompose.engine.build;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.build.cache.CacheExport;
import dev.jcompose.images.build.cache.CacheLocation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code cache_from} and {@code cache_to}: {@code type=registry,ref=NAME}, {@code type=local,src=DIRECTORY} or
 * {@code dest=}, or an image's name alone.
 *
 * @see <a href="https://docs.docker.com/build/cache/backends/">Docker, cache storage backends</a>
 */
final class CacheOptions {
    /** Known, but of no use without the service that they belong to, or of another builder. */
    private static final Set<String> OTHERS = Set.of("inline", "gha", "s3", "azblob");

    private final Path directory;

    /** @param directory relative paths are from here */
    CacheOptions(Path directory) {
        this.directory = directory;
    }

    /** Whether this kind of cache is there on other builders only; it is told, and goes without. */
    static boolean isOther(String text) {
        return OTHERS.contains(fields(text).getOrDefault("type", ""));
    }

    /**
     * A cache to read.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    Optional<CacheLocation> from(String text) {
        return isOther(text) ? Optional.empty() : Optional.of(location(text, "src"));
    }

    /**
     * A cache to write.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    Optional<CacheExport> to(String text) {
        if (isOther(text)) {
            return Optional.empty();
        }
        Map<String, String> fields = fields(text);
        String mode = fields.getOrDefault("mode", "min");
        if (!Set.of("min", "max").contains(mode)) {
            throw new IllegalArgumentException("\"%s\": mode is min or max".formatted(text));
        }
        return Optional.of(
                new CacheExport(location(text, "dest"), mode.equals("max"), "true".equals(fields.get("ignore-error"))));
    }

    private CacheLocation location(String text, String pathKey) {
        Map<String, String> fields = fields(text);
        String type = fields.getOrDefault("type", "");
        String place = fields.getOrDefault(type.equals("local") ? pathKey : "ref", "");
        if (!Set.of("local", "registry").contains(type)) {
            throw new IllegalArgumentException("\"%s\": known types are registry and local".formatted(text));
        }
        if (place.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"%s\": %s= is missing".formatted(text, type.equals("local") ? pathKey : "ref"));
        }
        return type.equals("local")
                ? new CacheLocation.InDirectory(directory.resolve(place))
                : new CacheLocation.InRegistry(ImageReference.parse(place));
    }

    private static Map<String, String> fields(String text) {
        if (text.indexOf('=') < 0) {
            return Map.of("type", "registry", "ref", text);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split(",")) {
            int equals = field.indexOf('=');
            fields.put(
                    equals < 0 ? field : field.substring(0, equals).strip(),
                    equals < 0 ? "" : field.substring(equals + 1).strip());
        }
        return Map.copyOf(fields);
    }
}

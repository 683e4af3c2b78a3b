package dev.jcompose.images.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the user says of registries, in {@code $JCOMPOSE_REGISTRIES}, or else
 * {@code ~/.config/jcompose/registries.json}, or else {@code /etc/jcompose/registries.json}:
 *
 * <pre>
 * {"registries": {
 *     "docker.io":             {"mirrors": ["https://mirror.example"]},
 *     "registry.example:5000": {"insecure": true},
 *     "other.example":         {"ca": "/etc/ssl/other-ca.pem"}}}
 * </pre>
 *
 * @param settings by the registry's name as references have it
 */
record RegistriesFile(Map<String, Settings> settings) {
    private static final Path OF_THE_MACHINE = Path.of("/etc/jcompose/registries.json");

    /**
     * What is said of one registry.
     *
     * @param insecure it may be spoken to without TLS, or with any certificate
     * @param mirrors asked before it, in this order; URLs
     * @param certificateAuthority a PEM file, trusted for this registry only; null for none
     */
    record Settings(
            boolean insecure,
            List<String> mirrors,
            @Nullable Path certificateAuthority) {
        static final Settings NONE = new Settings(false, List.of(), null);

        Settings {
            mirrors = List.copyOf(mirrors);
        }
    }

    RegistriesFile {
        settings = Map.copyOf(settings);
    }

    static RegistriesFile read(RegistryAccess access) throws IOException {
        Optional<Path> named = access.variable("JCOMPOSE_REGISTRIES").map(Path::of);
        if (named.isPresent()) {
            return read(named.get());
        }
        Optional<Path> own = access.variable("HOME")
                .map(home -> Path.of(home, ".config/jcompose/registries.json"))
                .filter(Files::exists);
        if (own.isPresent()) {
            return read(own.get());
        }
        return Files.exists(OF_THE_MACHINE) ? read(OF_THE_MACHINE) : new RegistriesFile(Map.of());
    }

    static RegistriesFile read(Path file) throws IOException {
        Map<String, Settings> settings = new LinkedHashMap<>();
        try {
            JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
            for (Map.Entry<String, JsonNode> entry : root.path("registries").properties()) {
                settings.put(entry.getKey(), settings(file, entry.getKey(), entry.getValue()));
            }
        } catch (JacksonException e) {
            throw new IOException("'" + file + "' is not valid JSON: " + e.getOriginalMessage(), e);
        }
        return new RegistriesFile(settings);
    }

    private static Settings settings(Path file, String registry, JsonNode node) throws IOException {
        List<String> mirrors = new ArrayList<>();
        for (JsonNode mirror : node.path("mirrors")) {
            mirrors.add(mirror.asString(""));
        }
        for (String member : node.propertyNames()) {
            if (!List.of("insecure", "mirrors", "ca").contains(member)) {
                throw new IOException("'%s': registry '%s' has '%s', which is none of insecure, mirrors, ca"
                        .formatted(file, registry, member));
            }
        }
        String ca = node.path("ca").asString("");
        return new Settings(
                node.path("insecure").asBoolean(false),
                mirrors,
                ca.isEmpty() ? null : file.toAbsolutePath().resolveSibling(ca));
    }

    Settings of(String registry) {
        return settings.getOrDefault(registry, Settings.NONE);
    }
}

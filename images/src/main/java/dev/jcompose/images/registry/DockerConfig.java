package dev.jcompose.images.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Docker's {@code config.json}, in {@code $DOCKER_CONFIG} or {@code ~/.docker}: logins to registries. What else is in
 * the file stays as it is.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/#configuration-files">Docker, configuration files</a>
 */
public final class DockerConfig {
    /** What the file calls docker.io. */
    static final String HUB_KEY = "https://index.docker.io/v1/";

    private final @Nullable Path file;
    private final RegistryAccess access;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Reads nothing yet. */
    public DockerConfig(RegistryAccess access) {
        this.access = access;
        Optional<Path> directory = access.variable("DOCKER_CONFIG")
                .map(Path::of)
                .or(() -> access.variable("HOME").map(home -> Path.of(home, ".docker")));
        file = directory.map(path -> path.resolve("config.json")).orElse(null);
    }

    /** The login to a registry, by the name that references have. */
    public Optional<Credentials> find(String registry) throws IOException {
        ObjectNode config = read();
        Optional<CredentialHelper> helper = helper(config, registry);
        if (helper.isPresent()) {
            Optional<Credentials> found = helper.get().get(key(registry));
            if (found.isPresent()) {
                return found;
            }
        }
        for (String key : keys(registry)) {
            JsonNode entry = config.path("auths").path(key);
            Optional<Credentials> found = entry.isObject() ? credentials(entry, registry) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * The login for a repository: that of its path or of the longest beginning of it, {@code registry/team}, as Podman
     * and Kubernetes have it; else that to the registry.
     *
     * @see <a
     *     href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)
     *     </a>
     */
    public Optional<Credentials> find(String registry, String repository) throws IOException {
        JsonNode auths = read().path("auths");
        String path = registry + "/" + repository;
        while (path.length() > registry.length()) {
            JsonNode entry = auths.path(path);
            Optional<Credentials> found = entry.isObject() ? credentials(entry, path) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
            path = path.substring(0, path.lastIndexOf('/'));
        }
        return find(registry);
    }

    /**
     * Keeps a login: in the helper that the file names, or in the file itself.
     *
     * @return the file, if the password is readable there
     */
    public Optional<Path> store(String registry, Credentials credentials) throws IOException {
        ObjectNode config = read();
        ObjectNode auths = config.withObject("auths");
        Optional<CredentialHelper> helper = helper(config, registry);
        if (helper.isPresent()) {
            helper.get().store(key(registry), credentials);
            auths.set(key(registry), json.createObjectNode());
            write(config);
            return Optional.empty();
        }
        ObjectNode entry = json.createObjectNode();
        String both = credentials.username() + ":" + credentials.password();
        entry.put("auth", Base64.getEncoder().encodeToString(both.getBytes(UTF_8)));
        if (!credentials.identityToken().isEmpty()) {
            entry.put("identitytoken", credentials.identityToken());
        }
        auths.set(key(registry), entry);
        write(config);
        return Optional.ofNullable(file);
    }

    /** Forgets a login; says whether there was one. */
    public boolean erase(String registry) throws IOException {
        ObjectNode config = read();
        boolean there = false;
        for (String key : keys(registry)) {
            if (config.path("auths").has(key)) {
                there = true;
                config.withObject("auths").remove(key);
            }
        }
        Optional<CredentialHelper> helper = helper(config, registry);
        if (helper.isPresent()) {
            helper.get().erase(key(registry));
        }
        if (there) {
            write(config);
        }
        return there;
    }

    private Optional<CredentialHelper> helper(ObjectNode config, String registry) {
        for (String key : keys(registry)) {
            String own = config.path("credHelpers").path(key).asString("");
            if (!own.isEmpty()) {
                return Optional.of(new CredentialHelper(own, access.environment(), json));
            }
        }
        String common = config.path("credsStore").asString("");
        return common.isEmpty()
                ? Optional.empty()
                : Optional.of(new CredentialHelper(common, access.environment(), json));
    }

    private Optional<Credentials> credentials(JsonNode entry, String registry) throws IOException {
        String token = entry.path("identitytoken").asString("");
        String auth = entry.path("auth").asString("");
        String user = entry.path("username").asString("");
        String password = entry.path("password").asString("");
        if (!auth.isEmpty()) {
            String both = decoded(auth, registry);
            int colon = both.indexOf(':');
            if (colon < 0) {
                throw new IOException(
                        "'%s': the login for '%s' is not USER:PASSWORD in base64".formatted(file, registry));
            }
            user = both.substring(0, colon);
            // Old versions of Docker padded it.
            password = both.substring(colon + 1).replaceAll("\0+$", "");
        }
        return user.isEmpty() && token.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(user, password, token));
    }

    private String decoded(String auth, String registry) throws IOException {
        try {
            return new String(Base64.getDecoder().decode(auth), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("'%s': the login for '%s' is not in base64".formatted(file, registry), e);
        }
    }

    private static String key(String registry) {
        return registry.equals(ImageReference.DEFAULT_REGISTRY) ? HUB_KEY : registry;
    }

    /** How tools spell a registry here, the usual one first. */
    private static List<String> keys(String registry) {
        return registry.equals(ImageReference.DEFAULT_REGISTRY)
                ? List.of(HUB_KEY, "docker.io", "index.docker.io", "https://index.docker.io", "registry-1.docker.io")
                : List.of(
                        registry,
                        "https://" + registry,
                        "https://" + registry + "/",
                        "https://" + registry + "/v1/",
                        "https://" + registry + "/v2/",
                        "http://" + registry);
    }

    private ObjectNode read() throws IOException {
        if (file == null || !Files.exists(file)) {
            return json.createObjectNode();
        }
        try {
            JsonNode node = json.readTree(Files.readAllBytes(file));
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new IOException("'" + file + "' is not a JSON object");
        } catch (JacksonException e) {
            throw new IOException("'" + file + "' is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void write(ObjectNode config) throws IOException {
        if (file == null) {
            throw new IOException("no place to keep the login: neither DOCKER_CONFIG nor HOME is set");
        }
        // A link stays one: people keep the file elsewhere.
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path directory = target.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Object owner = Files.getAttribute(Files.exists(target) ? target : directory, "unix:uid");
        Object group = Files.getAttribute(Files.exists(target) ? target : directory, "unix:gid");
        Path temporary = Files.createTempFile(
                directory,
                "config.json",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(temporary, json.writeValueAsBytes(config));
            Files.setAttribute(temporary, "unix:gid", group);
            Files.setAttribute(temporary, "unix:uid", owner);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

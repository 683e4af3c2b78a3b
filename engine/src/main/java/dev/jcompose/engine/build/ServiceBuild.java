package dev.jcompose.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.container.Labels;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.build.BuildSpec;
import dev.jcompose.images.build.GitSource;
import dev.jcompose.images.build.NamedContext;
import dev.jcompose.images.build.RunSettings;
import dev.jcompose.images.build.cache.CacheExport;
import dev.jcompose.images.build.cache.CacheLocation;
import dev.jcompose.images.build.dockerfile.Source;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.model.Build;
import dev.jcompose.model.FileMount;
import dev.jcompose.model.Project;
import dev.jcompose.model.Secret;
import dev.jcompose.model.Service;
import dev.jcompose.model.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a service's {@code build} to what is to be built. All mistakes name the attribute. */
public final class ServiceBuild {
    private static final String SERVICE = "service:";
    private static final String IMAGE = "docker-image://";
    private static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";

    private final Project project;
    private final Service service;
    private final Build build;
    private final BuildRequest request;

    /** @param service one with a {@code build} */
    public ServiceBuild(Project project, Service service, BuildRequest request) {
        this.project = project;
        this.service = service;
        this.build = Objects.requireNonNull(service.build());
        this.request = request;
    }

    /** Whose image it is. */
    public Service service() {
        return service;
    }

    /** The services whose images this one begins with or copies from. */
    public Set<String> uses() {
        Set<String> uses = new LinkedHashSet<>();
        build.additionalContexts().values().stream()
                .filter(context -> context.startsWith(SERVICE))
                .forEach(context -> uses.add(context.substring(SERVICE.length())));
        return uses;
    }

    /** What is accepted and has no effect. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        attestation("provenance", build.provenance(), warnings);
        attestation("sbom", build.sbom(), warnings);
        List<String> caches = new ArrayList<>(build.cacheFrom());
        caches.addAll(build.cacheTo());
        caches.stream()
                .filter(CacheOptions::isOther)
                .forEach(cache ->
                        warnings.add(at("cache \"" + cache + "\" is not used: known types are registry, local")));
        return warnings;
    }

    private void attestation(String name, @Nullable String value, List<String> warnings) {
        if (value != null && !value.equals("false")) {
            warnings.add(at(name + ": no attestation is made"));
        }
    }

    /**
     * What is to be built.
     *
     * @param remote fetches contexts that are no directories
     * @throws IllegalArgumentException for what cannot be had
     * @throws IOException if a file cannot be read
     */
    public BuildSpec spec(RemoteContexts remote) throws IOException {
        refuseOtherPlatforms();
        Map<String, String> args = args();
        Path context = context(remote, args);
        Dockerfile dockerfile = dockerfile(context);
        return new BuildSpec(
                service.name(),
                context,
                dockerfile.source(),
                dockerfile.ignore(),
                args,
                build.target(),
                labels(),
                contexts(remote, args),
                names(),
                build.noCache() || request.noCache(),
                Set.copyOf(build.noCacheFilter()),
                cacheFrom(),
                cacheTo(),
                build.pull() || request.pull(),
                secrets(),
                agents(),
                Platform.current(),
                sourceDate(args),
                request.environment(),
                settings());
    }

    private String at(String problem) {
        return "services." + service.name() + ".build: " + problem;
    }

    private IllegalArgumentException refused(String problem) {
        return new IllegalArgumentException(at(problem));
    }

    private void refuseOtherPlatforms() {
        List<String> platforms = new ArrayList<>(build.platforms());
        if (service.platform() != null && platforms.isEmpty()) {
            platforms.add(service.platform());
        }
        for (String platform : platforms) {
            if (Platform.current().suits(Platform.parse(platform)) == 0) {
                throw refused("platform \"%s\" is not this machine's, %s: images for others cannot be built"
                        .formatted(platform, Platform.current()));
            }
        }
    }

    private List<CacheLocation> cacheFrom() {
        CacheOptions options = new CacheOptions(project.workingDirectory());
        try {
            return build.cacheFrom().stream()
                    .flatMap(text -> options.from(text).stream())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at("cache_from: " + e.getMessage()), e);
        }
    }

    private List<CacheExport> cacheTo() {
        CacheOptions options = new CacheOptions(project.workingDirectory());
        try {
            return build.cacheTo().stream()
                    .flatMap(text -> options.to(text).stream())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at("cache_to: " + e.getMessage()), e);
        }
    }

    private Path context(RemoteContexts remote, Map<String, String> args) {
        String context = build.context();
        if (context == null) {
            return project.workingDirectory();
        }
        if (GitSource.isOne(context)) {
            return fetched("context", context, remote, args);
        }
        if (context.contains("://")) {
            throw refused("context \"%s\" is neither a directory nor a git repository (URL.git, git://, ssh://)"
                    .formatted(context));
        }
        Path directory = project.workingDirectory().resolve(context).normalize();
        if (!Files.isDirectory(directory)) {
            throw refused("unable to prepare context: path \"%s\" not found".formatted(directory));
        }
        return directory;
    }

    private Path fetched(String what, String repository, RemoteContexts remote, Map<String, String> args) {
        try {
            return remote.directory(repository, request.environment(), args);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    at("%s: cannot fetch \"%s\": %s".formatted(what, repository, e.getMessage())), e);
        }
    }

    private record Dockerfile(Source source, List<String> ignore) {}

    private Dockerfile dockerfile(Path context) throws IOException {
        String inline = build.dockerfileInline();
        if (inline != null) {
            String name = "services." + service.name() + ".build.dockerfile_inline";
            return new Dockerfile(Source.of(name, inline), ignore(context.resolve(".dockerignore")));
        }
        Path file = context.resolve(build.dockerfile() == null ? "Dockerfile" : build.dockerfile());
        Path own = file.resolveSibling(file.getFileName() + ".dockerignore");
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    at("failed to read dockerfile: open %s: no such file or directory".formatted(file)), e);
        }
        List<String> ignore = ignore(Files.isRegularFile(own) ? own : context.resolve(".dockerignore"));
        return new Dockerfile(Source.of(shown(file), text), ignore);
    }

    /** As somebody in the project's directory would call it. */
    private String shown(Path file) {
        Path directory = project.workingDirectory();
        return file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
    }

    private static List<String> ignore(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    }

    private Map<String, String> args() {
        Map<String, String> args = new HashMap<>();
        String date = request.environment().get(SOURCE_DATE_EPOCH);
        if (date != null && !date.isEmpty()) {
            args.put(SOURCE_DATE_EPOCH, date);
        }
        build.args().forEach((name, value) -> {
            if (value != null) {
                args.put(name, value);
            }
        });
        args.putAll(request.args());
        return args;
    }

    private @Nullable Instant sourceDate(Map<String, String> args) {
        String seconds = args.get(SOURCE_DATE_EPOCH);
        if (seconds == null || seconds.isEmpty()) {
            return null;
        }
        if (!seconds.matches("\\d{1,11}")) {
            throw refused("%s=%s is not a number of seconds".formatted(SOURCE_DATE_EPOCH, seconds));
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>(build.labels());
        labels.put(Labels.PROJECT, project.name());
        labels.put(Labels.SERVICE, service.name());
        return labels;
    }

    private Map<String, NamedContext> contexts(RemoteContexts remote, Map<String, String> args) {
        Map<String, NamedContext> contexts = new LinkedHashMap<>();
        build.additionalContexts().forEach((name, value) -> contexts.put(name, context(name, value, remote, args)));
        return contexts;
    }

    private NamedContext context(String name, String value, RemoteContexts remote, Map<String, String> args) {
        if (value.startsWith(SERVICE)) {
            String used = value.substring(SERVICE.length());
            Service other = project.service(used)
                    .orElseThrow(() -> refused("additional context \"%s\": no such service: %s".formatted(name, used)));
            return new NamedContext.OfImage(ImageReference.parse(project.imageName(other)));
        }
        if (value.startsWith(IMAGE)) {
            return new NamedContext.OfImage(ImageReference.parse(value.substring(IMAGE.length())));
        }
        if (GitSource.isOne(value)) {
            return new NamedContext.Directory(fetched("additional context \"" + name + "\"", value, remote, args));
        }
        if (value.contains("://")) {
            throw refused(
                    "additional context \"%s\": \"%s\" is neither a directory, a git repository, an image (%s...) nor a service (%s...)"
                            .formatted(name, value, IMAGE, SERVICE));
        }
        Path directory = project.workingDirectory().resolve(value);
        if (!Files.isDirectory(directory)) {
            throw refused("additional context \"%s\": path \"%s\" not found".formatted(name, directory));
        }
        return new NamedContext.Directory(directory);
    }

    private List<ImageReference> names() {
        Set<ImageReference> names = new LinkedHashSet<>();
        names.add(ImageReference.parse(project.imageName(service)));
        build.tags().forEach(tag -> names.add(ImageReference.parse(tag)));
        return List.copyOf(names);
    }

    private Map<String, byte[]> secrets() throws IOException {
        Map<String, byte[]> secrets = new HashMap<>();
        for (FileMount mount : build.secrets()) {
            Secret secret = project.secrets().get(mount.source());
            if (secret == null) {
                throw refused("undefined secret " + mount.source());
            }
            String id = mount.target() == null ? mount.source() : mount.target();
            secrets.put(id, content(secret));
        }
        return secrets;
    }

    private byte[] content(Secret secret) throws IOException {
        if (secret.file() != null) {
            try {
                return Files.readAllBytes(Path.of(secret.file()));
            } catch (NoSuchFileException e) {
                throw new IllegalArgumentException(
                        at("secret \"%s\": file \"%s\" not found".formatted(secret.key(), secret.file())), e);
            }
        }
        String variable = secret.environment();
        String value =
                variable == null ? secret.content() : request.environment().get(variable);
        if (value == null) {
            throw refused("secret \"%s\": %s"
                    .formatted(
                            secret.key(),
                            variable == null ? "only file and environment are supported" : variable + " is not set"));
        }
        return value.getBytes(UTF_8);
    }

    private Map<String, Path> agents() {
        Map<String, Path> agents = new HashMap<>();
        for (SshKey key : build.ssh()) {
            agent(key.id(), key.path(), agents);
        }
        for (String option : request.ssh()) {
            int equals = option.indexOf('=');
            agent(
                    equals < 0 ? option : option.substring(0, equals),
                    equals < 0 ? null : option.substring(equals + 1),
                    agents);
        }
        return agents;
    }

    private void agent(String id, @Nullable String path, Map<String, Path> agents) {
        String socket = path == null || path.isEmpty() ? request.environment().get("SSH_AUTH_SOCK") : path;
        if (socket == null || socket.isEmpty()) {
            throw refused("ssh \"%s\": SSH_AUTH_SOCK is not set, and no socket is given".formatted(id));
        }
        if (Files.isRegularFile(Path.of(socket))) {
            throw refused("ssh \"%s\": \"%s\" is a key; give the socket of an agent that has it".formatted(id, socket));
        }
        agents.put(id, Path.of(socket));
    }

    private RunSettings settings() {
        String network = build.network() == null || build.network().isEmpty() ? "default" : build.network();
        if (!Set.of("default", "none", "host", "bridge").contains(network)) {
            throw refused("network \"%s\" is not supported; known are default, none, host".formatted(network));
        }
        if (build.isolation() != null
                && !build.isolation().isEmpty()
                && !build.isolation().equals("default")) {
            throw refused("isolation \"%s\" is there on Windows only".formatted(build.isolation()));
        }
        Map<String, List<Long>> ulimits = new LinkedHashMap<>();
        build.ulimits().forEach((name, limit) -> ulimits.put(name, List.of(limit.soft(), limit.hard())));
        return new RunSettings(
                network.equals("bridge") ? "default" : network,
                build.extraHosts(),
                build.shmSize(),
                ulimits,
                request.memoryBytes(),
                build.privileged(),
                build.entitlements().contains("security.insecure"),
                build.entitlements().contains("network.host"));
    }
}

package dev.jcompose.engine.build;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.container.Labels;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.build.BuildSpec;
import dev.jcompose.images.build.RunSettings;
import dev.jcompose.images.build.cache.CacheExport;
import dev.jcompose.images.build.cache.CacheLocation;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.model.Build;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.io.IOException;
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
    static final String SERVICE = "service:";
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
        BuildContexts contexts = new BuildContexts(project, service, request, remote, args);
        Path context = contexts.main();
        BuildContexts.Dockerfile dockerfile = contexts.dockerfile(context);
        BuildSecrets secrets = new BuildSecrets(project, service, request);
        return new BuildSpec(
                service.name(),
                context,
                dockerfile.source(),
                dockerfile.ignore(),
                args,
                build.target(),
                labels(),
                contexts.named(),
                names(),
                build.noCache() || request.noCache(),
                Set.copyOf(build.noCacheFilter()),
                cacheFrom(),
                cacheTo(),
                build.pull() || request.pull(),
                secrets.files(),
                secrets.agents(remote),
                Platform.current(),
                sourceDate(args),
                request.environment(),
                settings());
    }

    private String at(String problem) {
        return at(service, problem);
    }

    private static String at(Service service, String problem) {
        return "services." + service.name() + ".build: " + problem;
    }

    private IllegalArgumentException refused(String problem) {
        return refused(service, problem);
    }

    /** What is said of a service's {@code build} that cannot be carried out. */
    static IllegalArgumentException refused(Service service, String problem) {
        return new IllegalArgumentException(at(service, problem));
    }

    static IllegalArgumentException refused(Service service, String problem, Exception cause) {
        return new IllegalArgumentException(at(service, problem), cause);
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

    private List<ImageReference> names() {
        Set<ImageReference> names = new LinkedHashSet<>();
        names.add(ImageReference.parse(project.imageName(service)));
        build.tags().forEach(tag -> names.add(ImageReference.parse(tag)));
        return List.copyOf(names);
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

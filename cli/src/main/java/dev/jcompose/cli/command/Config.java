package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Table;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.RegistryEnvironment;
import dev.jcompose.engine.json.Json;
import dev.jcompose.model.DependencyGraph;
import dev.jcompose.model.PinnedImages;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.hash.ConfigHash;
import dev.jcompose.model.interpolate.TemplateVariable;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.Explanation;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.load.LoadResult;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.write.GraphWriter;
import dev.jcompose.model.write.ProjectWriter;
import dev.jcompose.model.write.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config}, also called {@code convert}. Needs no engine. */
@Command(name = "config", description = "Parse, resolve and render compose file in canonical format")
final class Config implements Query {
    private static final int COLUMN_WIDTH = 20;

    @Option(names = "--format", paramLabel = "FORMAT", description = "yaml or json")
    @Nullable
    String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Save to file (default to stdout)")
    @Nullable
    String output;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only validate the configuration, don't print anything")
    boolean quiet;

    @Option(names = "--services", description = "Print the service names, one per line")
    boolean services;

    @Option(names = "--volumes", description = "Print the volume names, one per line")
    boolean volumes;

    @Option(names = "--networks", description = "Print the network names, one per line")
    boolean networks;

    @Option(names = "--models", description = "Print the model names, one per line")
    boolean models;

    @Option(names = "--profiles", description = "Print the profile names, one per line")
    boolean profiles;

    @Option(names = "--images", description = "Print the image names, one per line")
    boolean images;

    @Option(names = "--environment", description = "Print environment used for interpolation")
    boolean environment;

    @Option(
            names = "--hash",
            paramLabel = "SERVICES",
            description = "Print the service config hash, one per line; * for all")
    @Nullable
    String hash;

    @Option(names = "--variables", description = "Print model variables and default values")
    boolean variables;

    @Option(names = "--no-interpolate", description = "Don't interpolate environment variables")
    boolean noInterpolate;

    @Option(names = "--no-normalize", description = "Don't normalize compose model")
    boolean noNormalize;

    @Option(names = "--no-path-resolution", description = "Don't resolve file paths")
    boolean noPathResolution;

    @Option(names = "--no-consistency", description = "Don't check model consistency")
    boolean noConsistency;

    @Option(names = "--no-env-resolution", description = "Don't resolve service env files")
    boolean noEnvResolution;

    @Option(names = "--resolve-image-digests", description = "Pin image tags to digests")
    boolean resolveImageDigests;

    @Option(names = "--lock-image-digests", description = "Produce an override file with image digests")
    boolean lockImageDigests;

    @Option(
            names = "--graph",
            paramLabel = "FORMAT",
            arity = "0..1",
            fallbackValue = "mermaid",
            description = "Draw which service needs which: mermaid (default) or dot")
    @Nullable
    String graph;

    @Option(names = "--all-resources", hidden = true)
    boolean allResources;

    @Option(
            names = "--explain",
            paramLabel = "PATH",
            description = "Print where the values below a path (services.web.ports) were written; all for all")
    @Nullable
    String explain;

    @Parameters(paramLabel = "SERVICE")
    List<String> names = new ArrayList<>();

    @Override
    public int run(Session session) {
        if (graph != null && !graph.equals("mermaid") && !graph.equals("dot")) {
            throw new CommandException(
                    "unsupported graph format \"%s\"; mermaid and dot are supported".formatted(graph));
        }
        if (format != null && !format.equals("yaml") && !format.equals("json")) {
            throw new CommandException("unsupported format \"%s\"".formatted(format));
        }
        LoadOptions stages = LoadOptions.DEFAULT
                .interpolate(!noInterpolate)
                .normalize(!noNormalize)
                .resolvePaths(!noPathResolution)
                .checkConsistency(!noConsistency)
                .resolveEnvironment(!noEnvResolution)
                .allResources(allResources);
        LoadRequest request = session.request(names, stages);
        if (explain != null) {
            write(session, explanation(request, explain));
        } else if (variables) {
            write(session, variables(request));
        } else if (noInterpolate && !needsProject()) {
            write(session, uninterpolated(new ComposeLoader().loadModel(request)));
        } else {
            LoadResult loaded = session.load(names, stages);
            Project project = loaded.project();
            if (resolveImageDigests || lockImageDigests) {
                project = pinned(session, project);
            }
            if (images) {
                project = session.named(project);
            }
            write(session, text(project, loaded));
        }
        return 0;
    }

    /** What is made from a model alone: names, or all of it. */
    private boolean needsProject() {
        return images
                || profiles
                || environment
                || hash != null
                || graph != null
                || resolveImageDigests
                || lockImageDigests;
    }

    /**
     * What is not interpolated may have no meaning yet ("${PORT}" is no port), so it is printed without being bound.
     */
    private String uninterpolated(MappingNode model) {
        @Nullable
        String kind = services ? "services" : volumes ? "volumes" : networks ? "networks" : models ? "models" : null;
        if (kind != null) {
            MappingNode named = model.mapping(kind);
            return named == null ? "" : lines(new TreeSet<>(named.keys()));
        }
        return isJson() ? ProjectWriter.modelToJson(model.plain()) : ProjectWriter.modelToYaml(model.plain());
    }

    /** This needs the engine: it knows how to ask registries. */
    private static Project pinned(Session session, Project project) {
        Map<String, String> environment = RegistryEnvironment.of(session.world().environment());
        return PinnedImages.pin(project, image -> session.engine().images().resolve(image, environment));
    }

    private boolean isJson() {
        return "json".equals(format);
    }

    private static String explanation(LoadRequest request, String path) {
        try {
            return lines(new ComposeLoader()
                    .explain(request, path.equals("all") ? "" : path).stream()
                            .map(Config::explained)
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new CommandException("--explain: " + e.getMessage());
        }
    }

    private static String explained(Explanation value) {
        String place = value.location().toString();
        String origin = value.origin();
        return value.path() + " = " + Json.write(value.value()) + "  # " + (place.isEmpty() ? "default" : place)
                + (origin == null ? "" : ", " + origin);
    }

    private String variables(LoadRequest request) {
        Map<String, TemplateVariable> found = new ComposeLoader().variables(request);
        if (format != null) {
            Map<String, Map<String, Object>> plain = new LinkedHashMap<>();
            found.forEach((name, variable) -> plain.put(name, plain(variable)));
            return isJson() ? Json.write(plain) : ProjectWriter.modelToYaml(plain);
        }
        Table table = new Table(COLUMN_WIDTH, List.of("NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE"));
        found.values()
                .forEach(variable -> table.row(List.of(
                        variable.name(),
                        Boolean.toString(variable.required()),
                        variable.defaultValue(),
                        variable.alternateValue())));
        return table.toString();
    }

    /** The names of the members are those of {@code docker compose}, in either format. */
    private Map<String, Object> plain(TemplateVariable variable) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("Name", variable.name());
        plain.put("DefaultValue", variable.defaultValue());
        plain.put("PresenceValue", variable.alternateValue());
        plain.put("Required", variable.required());
        if (isJson()) {
            return plain;
        }
        Map<String, Object> lower = new LinkedHashMap<>();
        plain.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private String text(Project project, LoadResult loaded) {
        if (graph != null) {
            return graph.equals("dot") ? GraphWriter.toDot(project) : GraphWriter.toMermaid(project);
        }
        if (services) {
            return lines(DependencyGraph.of(new TreeMap<>(project.servicesByName()).values())
                    .depthFirst());
        }
        if (volumes) {
            return lines(project.volumes().keySet());
        }
        if (networks) {
            return lines(project.networks().keySet());
        }
        if (models) {
            return lines(project.models().keySet());
        }
        if (profiles) {
            return lines(profiles(project));
        }
        if (images) {
            return lines(project.services().stream().map(project::imageName).toList());
        }
        if (environment) {
            return pairs(loaded.environment(), "=");
        }
        if (hash != null) {
            return pairs(hashes(project, hash), " ");
        }
        if (lockImageDigests) {
            Map<String, Object> lock = PinnedImages.lock(project);
            return isJson() ? ProjectWriter.modelToJson(lock) : ProjectWriter.modelToYaml(lock);
        }
        return isJson()
                ? ProjectWriter.toJson(project, WriteOptions.CONFIG_JSON)
                : ProjectWriter.toYaml(project, WriteOptions.CONFIG_YAML, loaded.extensions());
    }

    private static Collection<String> profiles(Project project) {
        return Stream.concat(project.services().stream(), project.disabledServices().values().stream())
                .flatMap(service -> service.profiles().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> hashes(Project project, String wanted) {
        Map<String, String> hashes = new TreeMap<>();
        Collection<String> names =
                wanted.equals("*") ? project.servicesByName().keySet() : List.of(wanted.split(",", -1));
        for (String name : names) {
            Service service = project.service(name).orElseThrow(() -> new CommandException("no such service: " + name));
            hashes.put(name, ConfigHash.of(service));
        }
        return hashes;
    }

    private static String lines(Collection<String> items) {
        return items.stream().map(item -> item + "\n").collect(Collectors.joining());
    }

    private static String pairs(Map<String, String> map, String separator) {
        return lines(new TreeMap<>(map)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + separator + entry.getValue())
                        .toList());
    }

    private void write(Session session, String text) {
        if (quiet) {
            return;
        }
        String complete = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        if (output == null) {
            session.out().print(complete);
            return;
        }
        try {
            Files.writeString(session.world().directory().resolve(output), complete);
        } catch (IOException e) {
            throw new CommandException("cannot write %s: %s".formatted(output, e.getMessage()));
        }
    }
}

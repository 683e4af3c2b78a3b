package dev.jcompose.model.resolve;

import dev.jcompose.model.interpolate.Variables;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.ScalarNode;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.node.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * Stage: writes out what is implicit: the default network, names of resources, build defaults, and the dependencies
 * that links and shared namespaces imply.
 *
 * @see <a href="https://github.com/compose-spec/compose-spec/blob/main/05-services.md">Services</a>
 */
public final class Normalizer {
    private static final String SERVICE = "service:";

    private final String projectName;
    private final Variables variables;

    public Normalizer(String projectName, Variables variables) {
        this.projectName = projectName;
        this.variables = variables;
    }

    /** The model with implicit content. */
    public MappingNode normalize(MappingNode model) {
        MappingNode.Editor result = model.edit();
        MappingNode services = model.mapping("services");
        if (services != null) {
            MappingNode normalized =
                    services.map((name, node) -> node instanceof MappingNode service ? service(service) : node);
            result.put("services", normalized);
            defaultNetwork(result, normalized);
        }
        for (String kind : new String[] {"networks", "volumes", "configs", "secrets"}) {
            if (result.get(kind) instanceof MappingNode resources) {
                result.put(kind, resources.map(this::named));
            }
        }
        return result.done();
    }

    private MappingNode service(MappingNode service) {
        MappingNode.Editor result = service.edit();
        boolean onNetworks = service.get("networks") instanceof MappingNode networks
                && !networks.keys().isEmpty();
        if (!onNetworks && !service.has("network_mode") && !service.has("provider")) {
            SourceLocation place = service.keyLocation("networks");
            result.put("networks", MappingNode.empty(place).with("default", ScalarNode.of(null, service.location())));
        }
        if (service.get("pull_policy") instanceof ScalarNode policy && "if_not_present".equals(policy.value())) {
            result.put("pull_policy", policy.withValue("missing"));
        }
        if (service.get("build") instanceof MappingNode build) {
            result.put("build", build(build));
        }
        Node dependencies = dependencies(service);
        if (dependencies != null) {
            result.put("depends_on", dependencies);
        }
        replicas(service, result);
        if (service.get("pre_start") instanceof SequenceNode hooks && service.has("image")) {
            Node image = result.get("image");
            result.put(
                    "pre_start",
                    hooks.withItems(hooks.items().stream()
                            .map(hook -> hook instanceof MappingNode mapping && image != null
                                    ? mapping.edit().putIfAbsent("image", image).done()
                                    : hook)
                            .toList()));
        }
        return result.done();
    }

    private static void replicas(MappingNode service, MappingNode.Editor result) {
        Node scale = service.get("scale");
        if (scale != null && service.get("deploy") instanceof MappingNode deploy && !deploy.has("replicas")) {
            result.put("deploy", deploy.with("replicas", scale));
        }
    }

    private MappingNode build(MappingNode build) {
        MappingNode.Editor result = build.edit();
        SourceLocation place = build.location();
        result.putIfAbsent("context", ScalarNode.of(".", place));
        if (!build.has("dockerfile") && !build.has("dockerfile_inline")) {
            result.put("dockerfile", ScalarNode.of("Dockerfile", place));
        }
        if (build.get("args") instanceof MappingNode args) {
            result.put("args", args.map((name, value) -> {
                if (!value.isNull()) {
                    return value;
                }
                String found = variables.get(name);
                return found == null ? null : ((ScalarNode) value).withValue(found);
            }));
        }
        return result.done();
    }

    private static @Nullable Node dependencies(MappingNode service) {
        MappingNode declared = service.mapping("depends_on");
        MappingNode.Editor all = (declared == null ? MappingNode.empty(service.location()) : declared).edit();
        boolean implied = false;
        if (service.get("links") instanceof SequenceNode links) {
            for (Node link : links.items()) {
                implied |= imply(all, beforeColon(link), link, true);
            }
        }
        for (String namespace : new String[] {"network_mode", "ipc", "pid", "uts", "cgroup"}) {
            Node value = service.get(namespace);
            String text = value == null ? null : value.text();
            if (value != null && text != null && text.startsWith(SERVICE)) {
                implied |= imply(all, text.substring(SERVICE.length()), value, true);
            }
        }
        if (service.get("volumes_from") instanceof SequenceNode sources) {
            for (Node source : sources.items()) {
                String text = source.text();
                if (text != null && !text.startsWith("container:")) {
                    implied |= imply(all, beforeColon(source), source, false);
                }
            }
        }
        return declared == null && !implied ? null : all.done();
    }

    private static boolean imply(MappingNode.Editor all, String name, Node place, boolean restart) {
        if (all.get(name) != null) {
            return false;
        }
        SourceLocation location = place.location();
        MappingNode.Editor dependency = MappingNode.empty(location)
                .edit()
                .put("condition", ScalarNode.of("service_started", location))
                .put("required", ScalarNode.of(true, location));
        if (restart) {
            dependency.put("restart", ScalarNode.of(true, location));
        }
        all.put(name, dependency.done());
        return true;
    }

    private static String beforeColon(Node node) {
        String text = String.valueOf(node.plain());
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    private static void defaultNetwork(MappingNode.Editor model, MappingNode services) {
        boolean used = services.entries().values().stream()
                .anyMatch(entry -> entry.value() instanceof MappingNode service
                        && service.get("networks") instanceof MappingNode networks
                        && networks.has("default"));
        if (!used) {
            return;
        }
        MappingNode networks =
                model.get("networks") instanceof MappingNode given ? given : MappingNode.empty(services.location());
        if (!networks.has("default")) {
            model.put("networks", networks.with("default", ScalarNode.of(null, services.location())));
        }
    }

    private Node named(String key, Node node) {
        MappingNode resource = node instanceof MappingNode given ? given : MappingNode.empty(node.location());
        Node name = resource.get("name");
        if (name != null && !name.isNull()) {
            return resource;
        }
        boolean external = resource.get("external") instanceof ScalarNode flag && Boolean.TRUE.equals(flag.value());
        return resource.with("name", ScalarNode.of(external ? key : projectName + "_" + key, resource.location()));
    }
}

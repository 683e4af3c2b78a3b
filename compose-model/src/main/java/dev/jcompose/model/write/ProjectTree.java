package dev.jcompose.model.write;

import dev.jcompose.model.Config;
import dev.jcompose.model.Ipam;
import dev.jcompose.model.Model;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Secret;
import dev.jcompose.model.Service;
import dev.jcompose.model.Volume;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Projects as plain values, in canonical form. */
public final class ProjectTree {
    /** What a complete project has beyond the Compose Specification. */
    static final String OWN = "x-jcompose-project";

    private ProjectTree() {}

    /** A project. */
    public static Map<String, @Nullable Object> of(Project project, WriteOptions options) {
        Tree tree = new Tree(options);
        tree.text("name", project.name())
                .named("networks", project.networks(), network -> of(network, options))
                .named("services", project.servicesByName(), service -> of(service, options))
                .named("volumes", project.volumes(), volume -> of(volume, options))
                .named("configs", project.configs(), config -> tree.nested(config, ProjectTree::config))
                .named("secrets", project.secrets(), secret -> tree.nested(secret, ProjectTree::secret))
                .named(
                        "models",
                        options.referenceJson() ? Map.<String, Model>of() : project.models(),
                        model -> tree.nested(model, ProjectTree::model));
        if (!tree.members().containsKey("services")) {
            tree.always("services", Map.of());
        }
        tree.members().putAll(project.extensions());
        if (options.complete()) {
            tree.object(OWN, project, ProjectTree::own);
        }
        return tree.members();
    }

    private static void own(Project project, Tree tree) {
        tree.text("working_dir", project.workingDirectory().toString())
                .list("config_files", project.composeFiles())
                .named("disabled", project.disabledServices(), service -> of(service, tree.options()));
    }

    /** A service. */
    public static Map<String, @Nullable Object> of(Service service, WriteOptions options) {
        return new Tree(options).nested(service, ServiceTree::write);
    }

    /** A network. */
    public static Map<String, @Nullable Object> of(Network network, WriteOptions options) {
        return new Tree(options).nested(network, ProjectTree::network);
    }

    /** A volume. */
    public static Map<String, @Nullable Object> of(Volume volume, WriteOptions options) {
        return new Tree(options).nested(volume, ProjectTree::volume);
    }

    private static void network(Network network, Tree tree) {
        tree.text("name", network.name())
                .text("driver", network.driver())
                .map("driver_opts", network.driverOpts())
                .object("ipam", network.ipam(), ProjectTree::ipam)
                .flag("external", network.external())
                .flag("internal", network.internal())
                .flag("attachable", network.attachable())
                .map("labels", network.labels())
                .bool("enable_ipv4", network.enableIpv4())
                .bool("enable_ipv6", network.enableIpv6())
                .extensions(network.extensions());
    }

    private static void ipam(Ipam ipam, Tree tree) {
        tree.text("driver", ipam.driver())
                .objects(
                        "config",
                        ipam.config(),
                        (pool, out) -> out.text("subnet", pool.subnet())
                                .text("ip_range", pool.ipRange())
                                .text("gateway", pool.gateway())
                                .map("aux_addresses", pool.auxAddresses()))
                .map("options", ipam.options());
    }

    private static void volume(Volume volume, Tree tree) {
        tree.text("name", volume.name())
                .text("driver", volume.driver())
                .map("driver_opts", volume.driverOpts())
                .flag("external", volume.external())
                .map("labels", volume.labels())
                .extensions(volume.extensions());
    }

    private static void config(Config config, Tree tree) {
        tree.text("name", config.name())
                .text("file", config.file())
                .text("environment", config.environment())
                .flag("external", config.external())
                .map("labels", config.labels())
                .text("driver", config.driver())
                .map("driver_opts", config.driverOpts())
                .text("template_driver", config.templateDriver())
                .extensions(config.extensions());
        boolean own = config.environment() == null;
        if (own && !tree.options().complete()) {
            tree.text("content", config.content());
        } else if (own || tree.options().values()) {
            tree.members().putAll(content(config.content()));
        }
    }

    private static void secret(Secret secret, Tree tree) {
        tree.text("name", secret.name())
                .text("file", secret.file())
                .text("environment", secret.environment())
                .flag("external", secret.external())
                .map("labels", secret.labels())
                .text("driver", secret.driver())
                .map("driver_opts", secret.driverOpts())
                .text("template_driver", secret.templateDriver())
                .extensions(secret.extensions());
        if (tree.options().values()) {
            tree.members().putAll(content(secret.content()));
        }
    }

    /** An empty content is not the same as none. */
    private static Map<String, String> content(@Nullable String content) {
        return content == null ? Map.of() : Map.of("content", content);
    }

    private static void model(Model model, Tree tree) {
        tree.text("name", model.name())
                .text("model", model.model())
                .number("context_size", model.contextSize())
                .list("runtime_flags", model.runtimeFlags())
                .extensions(model.extensions());
    }
}

package dev.jcompose.model.bind;

import dev.jcompose.model.Config;
import dev.jcompose.model.Ipam;
import dev.jcompose.model.IpamPool;
import dev.jcompose.model.Model;
import dev.jcompose.model.Network;
import dev.jcompose.model.Secret;
import dev.jcompose.model.ServiceModel;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.model.Volume;
import dev.jcompose.model.resolve.EnvironmentValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds top-level networks, volumes, configs, secrets and models, and how services refer to them. */
final class ResourceBinder {
    private ResourceBinder() {}

    private static String name(Fields fields) {
        String name = fields.nonEmpty("name");
        return name == null ? "" : name;
    }

    static Network network(String key, Fields fields) {
        @Nullable Ipam ipam = fields.object("ipam", ResourceBinder::ipam);
        return new Network(
                key,
                name(fields),
                fields.nonEmpty("driver"),
                fields.texts("driver_opts"),
                fields.flag("attachable"),
                fields.flag("internal"),
                fields.flag("external"),
                fields.bool("enable_ipv4"),
                fields.bool("enable_ipv6"),
                ipam == null ? Ipam.NONE : ipam,
                fields.texts("labels"),
                fields.extensions());
    }

    private static Ipam ipam(Fields fields) {
        return new Ipam(
                fields.nonEmpty("driver"),
                fields.objects(
                        "config",
                        pool -> new IpamPool(
                                pool.nonEmpty("subnet"),
                                pool.nonEmpty("ip_range"),
                                pool.nonEmpty("gateway"),
                                pool.texts("aux_addresses"))),
                fields.texts("options"));
    }

    static Volume volume(String key, Fields fields) {
        return new Volume(
                key,
                name(fields),
                fields.nonEmpty("driver"),
                fields.texts("driver_opts"),
                fields.flag("external"),
                fields.texts("labels"),
                fields.extensions());
    }

    static Secret secret(String key, Fields fields) {
        return new Secret(
                key,
                name(fields),
                fields.nonEmpty("file"),
                fields.nonEmpty("environment"),
                content(fields),
                fields.flag("external"),
                fields.nonEmpty("driver"),
                fields.texts("driver_opts"),
                fields.nonEmpty("template_driver"),
                fields.texts("labels"),
                extensions(fields));
    }

    static Config config(String key, Fields fields) {
        return new Config(
                key,
                name(fields),
                fields.nonEmpty("file"),
                fields.nonEmpty("environment"),
                content(fields),
                fields.flag("external"),
                fields.nonEmpty("driver"),
                fields.texts("driver_opts"),
                fields.nonEmpty("template_driver"),
                fields.texts("labels"),
                extensions(fields));
    }

    private static @Nullable String content(Fields fields) {
        String resolved = fields.string(EnvironmentValues.RESOLVED_CONTENT);
        return resolved == null ? fields.string("content") : resolved;
    }

    private static Map<String, @Nullable Object> extensions(Fields fields) {
        Map<String, @Nullable Object> extensions = fields.extensions();
        extensions.remove(EnvironmentValues.RESOLVED_CONTENT);
        return extensions;
    }

    static Model model(String key, Fields fields) {
        return new Model(
                key,
                fields.nonEmpty("name"),
                fields.required("model"),
                fields.intOrZero("context_size"),
                fields.strings("runtime_flags"),
                fields.extensions());
    }

    static ServiceNetwork serviceNetwork(String key, Fields fields) {
        if (fields.names().isEmpty()) {
            return ServiceNetwork.DEFAULT;
        }
        return new ServiceNetwork(
                fields.strings("aliases"),
                fields.nonEmpty("ipv4_address"),
                fields.nonEmpty("ipv6_address"),
                fields.strings("link_local_ips"),
                fields.nonEmpty("mac_address"),
                fields.texts("driver_opts"),
                fields.nonEmpty("interface_name"),
                fields.intOrZero("priority"),
                fields.intOrZero("gw_priority"));
    }

    static ServiceModel serviceModel(String key, Fields fields) {
        return new ServiceModel(fields.nonEmpty("endpoint_var"), fields.nonEmpty("model_var"));
    }
}

package dev.jcompose.model.write;

import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DeviceRequest;
import dev.jcompose.model.FileMount;
import dev.jcompose.model.Healthcheck;
import dev.jcompose.model.Hook;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceModel;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.Ulimit;
import dev.jcompose.model.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Services as plain values, in canonical form. */
final class ServiceTree {
    private ServiceTree() {}

    static void write(Service service, Tree tree) {
        process(service, tree);
        connections(service, tree);
        storage(service, tree);
        lifecycle(service, tree);
        LimitsTree.write(service, tree);
        unsupported(service.unsupported(), tree);
        tree.extensions(service.extensions());
    }

    private static void process(Service service, Tree tree) {
        tree.list("profiles", service.profiles())
                .map("annotations", service.annotations())
                .bool("attach", service.attach())
                .object("build", service.build(), BuildTree::write)
                .always("command", service.command())
                .always("entrypoint", service.entrypoint())
                .text("container_name", service.containerName())
                .text("domainname", service.domainname())
                .map("environment", service.environment())
                .objects(
                        "env_file",
                        service.envFiles(),
                        (file, out) -> out.text("path", file.path())
                                .bool("required", file.required() ? null : false)
                                .text("format", file.format()))
                .text("hostname", service.hostname())
                .text("image", service.image())
                .bool("init", service.init())
                .map("labels", service.labels())
                .list("label_file", service.labelFiles())
                .text("platform", service.platform())
                .text("pull_policy", service.pullPolicy())
                .flag("stdin_open", service.stdinOpen())
                .flag("tty", service.tty())
                .text("user", service.user())
                .text("working_dir", service.workingDir());
    }

    private static void connections(Service service, Tree tree) {
        tree.list("dns", service.dns().servers())
                .list("dns_opt", service.dns().options())
                .list("dns_search", service.dns().search())
                .list("extra_hosts", hosts(service.dns().extraHosts()))
                .list("expose", service.expose())
                .list("external_links", service.externalLinks())
                .list("links", service.links())
                .text("mac_address", service.macAddress())
                .named("models", service.models(), model -> nullIfEmpty(tree.nested(model, ServiceTree::model)))
                .named(
                        "networks",
                        service.networks(),
                        network -> nullIfEmpty(tree.nested(network, ServiceTree::network)))
                .objects("ports", service.ports(), ServiceTree::port);
    }

    private static @Nullable Object nullIfEmpty(Map<String, @Nullable Object> members) {
        return members.isEmpty() ? null : members;
    }

    private static void model(ServiceModel model, Tree tree) {
        tree.text("endpoint_var", model.endpointVar()).text("model_var", model.modelVar());
    }

    /** {@code host=address} in the order of hosts. */
    static List<String> hosts(Map<String, List<String>> hosts) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(hosts)
                .forEach((host, addresses) -> addresses.forEach(address -> lines.add(host + "=" + address)));
        return lines;
    }

    private static void network(ServiceNetwork network, Tree tree) {
        tree.list("aliases", network.aliases())
                .map("driver_opts", network.driverOpts())
                .number("gw_priority", network.gwPriority())
                .text("interface_name", network.interfaceName())
                .text("ipv4_address", network.ipv4Address())
                .text("ipv6_address", network.ipv6Address())
                .list("link_local_ips", network.linkLocalIps())
                .text("mac_address", network.macAddress())
                .number("priority", network.priority());
    }

    private static void port(PortMapping port, Tree tree) {
        tree.text("name", port.name())
                .text("mode", port.mode())
                .text("host_ip", port.hostIp())
                .number("target", port.target())
                .text("published", port.published())
                .text("protocol", port.protocol())
                .text("app_protocol", port.appProtocol());
    }

    private static void storage(Service service, Tree tree) {
        tree.objects("configs", service.configs(), ServiceTree::file)
                .objects("secrets", service.secrets(), ServiceTree::file)
                .list("tmpfs", service.tmpfs())
                .objects("volumes", service.volumes(), ServiceTree::volume)
                .list("volumes_from", service.volumesFrom());
    }

    static void file(FileMount file, Tree tree) {
        tree.text("source", file.source())
                .text("target", file.target())
                .text("uid", file.uid())
                .text("gid", file.gid())
                .text("mode", file.mode() == null ? null : Tree.fileMode(file.mode()));
    }

    private static void volume(ServiceVolume volume, Tree tree) {
        tree.text("type", volume.type().name().toLowerCase(Locale.ROOT))
                .text("source", volume.source())
                .text("target", volume.target())
                .flag("read_only", volume.readOnly())
                .text("consistency", volume.consistency())
                .object(
                        "bind",
                        volume.bind(),
                        (bind, out) -> out.text("propagation", bind.propagation())
                                .bool("create_host_path", bind.createHostPath() ? null : false)
                                .text("selinux", bind.selinux())
                                .text("recursive", bind.recursive()))
                .object(
                        "volume",
                        volume.volume(),
                        (options, out) -> out.map("labels", options.labels())
                                .flag("nocopy", options.nocopy())
                                .text("subpath", options.subpath()))
                .object(
                        "tmpfs",
                        volume.tmpfs(),
                        (tmpfs, out) -> out.bytes("size", tmpfs.size()).number("mode", tmpfs.mode()))
                .object("image", volume.image(), (image, out) -> out.text("subpath", image.subpath()))
                .extensions(volume.extensions());
    }

    private static void lifecycle(Service service, Tree tree) {
        tree.named("depends_on", service.dependsOn(), dependency -> tree.nested(dependency, ServiceTree::dependency))
                .object("deploy", service.deploy(), DeployTree::deploy)
                .object("develop", service.develop(), DeployTree::develop)
                .object("healthcheck", service.healthcheck(), ServiceTree::healthcheck)
                .object(
                        "logging",
                        service.logging(),
                        (logging, out) -> out.text("driver", logging.driver()).map("options", logging.options()))
                .objects("pre_start", service.hooks().preStart(), ServiceTree::hook)
                .objects("post_start", service.hooks().postStart(), ServiceTree::hook)
                .objects("pre_stop", service.hooks().preStop(), ServiceTree::hook)
                .object(
                        "provider",
                        service.provider(),
                        (provider, out) -> out.text("type", provider.type()).map("options", provider.options()))
                .text("restart", service.restart())
                .integer("scale", service.scale())
                .duration("stop_grace_period", service.stopGracePeriod())
                .text("stop_signal", service.stopSignal());
    }

    private static void dependency(DependsOn dependency, Tree tree) {
        tree.text("condition", dependency.condition().name().toLowerCase(Locale.ROOT))
                .flag("restart", dependency.restart())
                .bool("required", dependency.required());
    }

    private static void healthcheck(Healthcheck check, Tree tree) {
        tree.list("test", check.test() == null ? List.of() : check.test())
                .duration("timeout", check.timeout())
                .duration("interval", check.interval())
                .integer("retries", check.retries())
                .duration("start_period", check.startPeriod())
                .duration("start_interval", check.startInterval())
                .flag("disable", check.disable());
    }

    static void hook(Hook hook, Tree tree) {
        tree.always("command", hook.command())
                .text("user", hook.user())
                .text("image", hook.image())
                .flag("privileged", hook.privileged())
                .text("working_dir", hook.workingDir())
                .map("environment", hook.environment())
                .flag("per_replica", hook.perReplica());
    }

    static void request(DeviceRequest device, Tree tree) {
        tree.list("capabilities", device.capabilities())
                .text("driver", device.driver())
                .number("count", device.count())
                .list("device_ids", device.deviceIds())
                .map("options", device.options());
    }

    static Map<String, Object> ulimits(Map<String, Ulimit> limits) {
        Map<String, Object> plain = new LinkedHashMap<>();
        limits.forEach((name, limit) ->
                plain.put(name, limit.single() ? limit.soft() : Map.of("soft", limit.soft(), "hard", limit.hard())));
        return plain;
    }

    private static void unsupported(Unsupported unsupported, Tree tree) {
        tree.text("runtime", unsupported.runtime())
                .text("isolation", unsupported.isolation())
                .object(
                        "credential_spec",
                        unsupported.credentialSpec(),
                        (spec, out) -> out.text("config", spec.config())
                                .text("file", spec.file())
                                .text("registry", spec.registry()))
                .map("storage_opt", unsupported.storageOpt())
                .flag("use_api_socket", unsupported.useApiSocket())
                .text("pull_refresh_after", unsupported.pullRefreshAfter())
                .map("extends", unsupported.emptyExtends());
    }
}

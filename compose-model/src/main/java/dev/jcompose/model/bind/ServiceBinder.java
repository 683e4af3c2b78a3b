package dev.jcompose.model.bind;

import dev.jcompose.model.CredentialSpec;
import dev.jcompose.model.Dns;
import dev.jcompose.model.Namespaces;
import dev.jcompose.model.Security;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceBuilder;
import dev.jcompose.model.Unsupported;

/** Binds a service. */
final class ServiceBinder {
    private static final String[] UNSUPPORTED = {
        "runtime", "isolation", "credential_spec", "storage_opt", "use_api_socket", "pull_refresh_after", "extends"
    };

    private ServiceBinder() {}

    static Service service(String name, Fields fields) {
        ServiceBuilder service = Service.builder(name);
        process(service, fields);
        connections(service, fields);
        storage(service, fields);
        lifecycle(service, fields);
        limits(service, fields);
        return service.build();
    }

    private static void process(ServiceBuilder service, Fields fields) {
        service.image(fields.nonEmpty("image"))
                .build(fields.object("build", BuildBinder::build))
                .platform(fields.nonEmpty("platform"))
                .pullPolicy(fields.nonEmpty("pull_policy"))
                .command(fields.command("command"))
                .entrypoint(fields.command("entrypoint"))
                .environment(fields.nullableTexts("environment"))
                .envFiles(fields.objects("env_file", LifecycleBinder::envFile))
                .labelFiles(fields.strings("label_file"))
                .user(fields.nonEmpty("user"))
                .workingDir(fields.nonEmpty("working_dir"))
                .hostname(fields.nonEmpty("hostname"))
                .domainname(fields.nonEmpty("domainname"))
                .containerName(fields.nonEmpty("container_name"))
                .tty(fields.flag("tty"))
                .stdinOpen(fields.flag("stdin_open"))
                .init(fields.bool("init"))
                .attach(fields.bool("attach"))
                .labels(fields.texts("labels"))
                .annotations(fields.texts("annotations"))
                .profiles(fields.strings("profiles"))
                .extensions(fields.extensions());
    }

    private static void connections(ServiceBuilder service, Fields fields) {
        service.ports(fields.objects("ports", MountBinder::port))
                .expose(fields.strings("expose"))
                .networks(fields.namedWithoutExtensions("networks", ResourceBinder::serviceNetwork))
                .macAddress(fields.nonEmpty("mac_address"))
                .links(fields.strings("links"))
                .externalLinks(fields.strings("external_links"))
                .dns(dns(fields))
                .models(fields.named("models", ResourceBinder::serviceModel));
    }

    private static void storage(ServiceBuilder service, Fields fields) {
        service.volumes(fields.objects("volumes", MountBinder::volume))
                .tmpfs(fields.strings("tmpfs"))
                .volumesFrom(fields.strings("volumes_from"))
                .configs(fields.objects("configs", MountBinder::file))
                .secrets(fields.objects("secrets", MountBinder::file));
    }

    private static void lifecycle(ServiceBuilder service, Fields fields) {
        service.dependsOn(fields.named("depends_on", (name, dependency) -> LifecycleBinder.dependency(dependency)))
                .healthcheck(fields.object("healthcheck", LifecycleBinder::healthcheck))
                .restart(fields.nonEmpty("restart"))
                .stopSignal(fields.nonEmpty("stop_signal"))
                .stopGracePeriod(fields.duration("stop_grace_period"))
                .scale(fields.integer("scale"))
                .deploy(fields.object("deploy", DeployBinder::deploy))
                .develop(fields.object("develop", DeployBinder::develop))
                .logging(fields.object("logging", LifecycleBinder::logging))
                .hooks(LifecycleBinder.hooks(fields))
                .provider(fields.object("provider", LifecycleBinder::provider));
    }

    private static void limits(ServiceBuilder service, Fields fields) {
        service.cpu(LimitsBinder.cpu(fields))
                .memory(LimitsBinder.memory(fields))
                .pidsLimit(fields.longOrZero("pids_limit"))
                .blkioConfig(fields.object("blkio_config", LimitsBinder::blkio))
                .ulimits(BuildBinder.ulimits(fields))
                .namespaces(namespaces(fields))
                .security(security(fields))
                .sysctls(fields.texts("sysctls"))
                .cgroupParent(fields.nonEmpty("cgroup_parent"))
                .gpus(fields.objects("gpus", MountBinder::request))
                .unsupported(unsupported(fields));
    }

    private static Dns dns(Fields fields) {
        if (!fields.hasAny("dns", "dns_search", "dns_opt", "extra_hosts")) {
            return Dns.DEFAULT;
        }
        return new Dns(
                fields.strings("dns"),
                fields.strings("dns_search"),
                fields.strings("dns_opt"),
                HostsBinder.hosts(fields, "extra_hosts"));
    }

    private static Namespaces namespaces(Fields fields) {
        if (!fields.hasAny("network_mode", "ipc", "pid", "uts", "userns_mode", "cgroup")) {
            return Namespaces.PRIVATE;
        }
        return new Namespaces(
                fields.nonEmpty("network_mode"),
                fields.nonEmpty("ipc"),
                fields.nonEmpty("pid"),
                fields.nonEmpty("uts"),
                fields.nonEmpty("userns_mode"),
                fields.nonEmpty("cgroup"));
    }

    private static Security security(Fields fields) {
        return new Security(
                fields.flag("privileged"),
                fields.flag("read_only"),
                fields.strings("cap_add"),
                fields.strings("cap_drop"),
                fields.strings("security_opt"),
                fields.strings("group_add"),
                fields.objects("devices", MountBinder::device),
                fields.strings("device_cgroup_rules"));
    }

    private static Unsupported unsupported(Fields fields) {
        if (!fields.hasAny(UNSUPPORTED)) {
            return Unsupported.NONE;
        }
        return new Unsupported(
                fields.nonEmpty("runtime"),
                fields.nonEmpty("isolation"),
                fields.object(
                        "credential_spec",
                        spec -> new CredentialSpec(
                                spec.nonEmpty("config"), spec.nonEmpty("file"), spec.nonEmpty("registry"))),
                fields.texts("storage_opt"),
                fields.flag("use_api_socket"),
                fields.nonEmpty("pull_refresh_after"),
                fields.texts("extends"));
    }
}

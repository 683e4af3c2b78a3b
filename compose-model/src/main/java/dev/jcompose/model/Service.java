package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service, in canonical form: short syntaxes are expanded, paths absolute, variables resolved. What is null is not
 * set, and comes from the image or the engine.
 *
 * <p>Rarely used attributes are grouped: {@link #cpu}, {@link #memory}, {@link #namespaces}, {@link #security},
 * {@link #dns}.
 *
 * @param name the key under {@code services}
 * @param image reference of the image, as written
 * @param build how to build the image
 * @param platform {@code os[/arch[/variant]]}
 * @param pullPolicy {@code always}, {@code never}, {@code missing}, {@code build} ...; null for {@code missing}
 * @param command null: the image's; empty: no command
 * @param entrypoint null: the image's; empty: none; else the image's command is dropped
 * @param environment a null value removes the image's variable
 * @param envFiles files whose variables are below {@code environment}; their content is in it already when resolved
 * @param labelFiles absolute paths of files with labels
 * @param user {@code user[:group]}, names or numbers; null: the image's
 * @param workingDir absolute; null: the image's
 * @param hostname null: the container's id
 * @param domainname NIS domain name
 * @param containerName null: {@code <project>-<service>-<n>}
 * @param tty with a terminal
 * @param stdinOpen stdin stays open
 * @param init true: an init process is PID 1
 * @param attach false: {@code up} does not show its output
 * @param ports published ports
 * @param expose documented ports, not published
 * @param networks key of a top-level network to how the service is attached
 * @param macAddress of the main network's endpoint
 * @param links {@code service[:alias]}
 * @param externalLinks {@code container[:alias]}
 * @param dns name resolution
 * @param volumes mounts
 * @param tmpfs {@code path[:options]}
 * @param volumesFrom {@code service[:ro|rw]} or {@code container:name[:ro|rw]}
 * @param configs configs granted
 * @param secrets secrets granted
 * @param dependsOn by service name; includes what links and shared namespaces imply
 * @param healthcheck null: the image's
 * @param restart {@code no}, {@code always}, {@code on-failure[:n]}, {@code unless-stopped}; see {@link #restartPolicy}
 * @param stopSignal null: the image's, else SIGTERM
 * @param stopGracePeriod null: 10 s
 * @param scale how many containers; see {@link #replicas}
 * @param deploy limits and restart policy that win over the service's
 * @param profiles empty: always enabled
 * @param cpu CPU limits
 * @param memory memory limits
 * @param pidsLimit processes, 0 for none given, -1 for unlimited
 * @param blkioConfig limits on block devices
 * @param ulimits by name, {@code nofile} ...
 * @param namespaces which namespaces are shared
 * @param security what it may do
 * @param sysctls kernel parameters of its namespaces
 * @param cgroupParent cgroup above the container's
 * @param logging where the output goes
 * @param hooks lifecycle hooks
 * @param labels labels of the container
 * @param annotations annotations of the container
 * @param gpus GPUs
 * @param models models used
 * @param provider what provides it instead of a container
 * @param develop what to do when files change
 * @param unsupported what loads but has no effect
 * @param extensions {@code x-*} keys, as plain values
 */
public record Service(
        String name,
        @Nullable String image,
        @Nullable Build build,
        @Nullable String platform,
        @Nullable String pullPolicy,
        @Nullable List<String> command,
        @Nullable List<String> entrypoint,
        Map<String, @Nullable String> environment,
        List<EnvFile> envFiles,
        List<String> labelFiles,
        @Nullable String user,
        @Nullable String workingDir,
        @Nullable String hostname,
        @Nullable String domainname,
        @Nullable String containerName,
        boolean tty,
        boolean stdinOpen,
        @Nullable Boolean init,
        @Nullable Boolean attach,
        List<PortMapping> ports,
        List<String> expose,
        Map<String, ServiceNetwork> networks,
        @Nullable String macAddress,
        List<String> links,
        List<String> externalLinks,
        Dns dns,
        List<ServiceVolume> volumes,
        List<String> tmpfs,
        List<String> volumesFrom,
        List<FileMount> configs,
        List<FileMount> secrets,
        Map<String, DependsOn> dependsOn,
        @Nullable Healthcheck healthcheck,
        @Nullable String restart,
        @Nullable String stopSignal,
        @Nullable Duration stopGracePeriod,
        @Nullable Integer scale,
        @Nullable Deploy deploy,
        List<String> profiles,
        Cpu cpu,
        Memory memory,
        long pidsLimit,
        @Nullable BlkioConfig blkioConfig,
        Map<String, Ulimit> ulimits,
        Namespaces namespaces,
        Security security,
        Map<String, String> sysctls,
        @Nullable String cgroupParent,
        @Nullable Logging logging,
        Hooks hooks,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<DeviceRequest> gpus,
        Map<String, ServiceModel> models,
        @Nullable Provider provider,
        @Nullable Develop develop,
        Unsupported unsupported,
        Map<String, @Nullable Object> extensions) {

    public Service {
        command = command == null ? null : Immutable.list(command);
        entrypoint = entrypoint == null ? null : Immutable.list(entrypoint);
        environment = Immutable.map(environment);
        envFiles = Immutable.list(envFiles);
        labelFiles = Immutable.list(labelFiles);
        ports = Immutable.list(ports);
        expose = Immutable.list(expose);
        networks = Immutable.map(networks);
        links = Immutable.list(links);
        externalLinks = Immutable.list(externalLinks);
        volumes = Immutable.list(volumes);
        tmpfs = Immutable.list(tmpfs);
        volumesFrom = Immutable.list(volumesFrom);
        configs = Immutable.list(configs);
        secrets = Immutable.list(secrets);
        dependsOn = Immutable.map(dependsOn);
        profiles = Immutable.list(profiles);
        ulimits = Immutable.map(ulimits);
        sysctls = Immutable.map(sysctls);
        labels = Immutable.map(labels);
        annotations = Immutable.map(annotations);
        gpus = Immutable.list(gpus);
        models = Immutable.map(models);
        extensions = Immutable.map(extensions);
    }

    /** A builder with the given name and nothing else set. */
    public static ServiceBuilder builder(String name) {
        return new ServiceBuilder(name);
    }
    /** A builder with everything as it is here. */
    public ServiceBuilder toBuilder() {
        return new ServiceBuilder(this);
    }
    /** How many containers: {@code scale}, else {@code deploy.replicas}, else 1. */
    public int replicas() {
        if (scale != null) {
            return scale;
        }
        return deploy != null && deploy.replicas() != null ? deploy.replicas() : 1;
    }
    /** The restart policy in force: {@code deploy.restart_policy} wins over {@code restart}. */
    public RestartPolicy restartPolicy() {
        RestartRule rule = deploy == null ? null : deploy.restartPolicy();
        return rule == null ? RestartPolicy.parse(restart) : RestartPolicy.of(rule);
    }
    /** The services that this one needs, with all implied ones (links, volumes_from, shared namespaces). */
    public Map<String, DependsOn> dependencies() {
        return ImpliedDependencies.of(this);
    }
}

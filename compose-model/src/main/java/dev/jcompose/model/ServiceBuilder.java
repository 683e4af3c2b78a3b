package dev.jcompose.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Service}: each method sets the attribute of its name. Not thread-safe. */
public final class ServiceBuilder {
    private final String name;
    private @Nullable String image;
    private @Nullable Build build;
    private @Nullable String platform;
    private @Nullable String pullPolicy;
    private @Nullable List<String> command;
    private @Nullable List<String> entrypoint;
    private Map<String, @Nullable String> environment = Map.of();
    private List<EnvFile> envFiles = List.of();
    private List<String> labelFiles = List.of();
    private @Nullable String user;
    private @Nullable String workingDir;
    private @Nullable String hostname;
    private @Nullable String domainname;
    private @Nullable String containerName;
    private boolean tty;
    private boolean stdinOpen;
    private @Nullable Boolean init;
    private @Nullable Boolean attach;
    private List<PortMapping> ports = List.of();
    private List<String> expose = List.of();
    private Map<String, ServiceNetwork> networks = Map.of();
    private @Nullable String macAddress;
    private List<String> links = List.of();
    private List<String> externalLinks = List.of();
    private Dns dns = Dns.DEFAULT;
    private List<ServiceVolume> volumes = List.of();
    private List<String> tmpfs = List.of();
    private List<String> volumesFrom = List.of();
    private List<FileMount> configs = List.of();
    private List<FileMount> secrets = List.of();
    private Map<String, DependsOn> dependsOn = Map.of();
    private @Nullable Healthcheck healthcheck;
    private @Nullable String restart;
    private @Nullable String stopSignal;
    private @Nullable Duration stopGracePeriod;
    private @Nullable Integer scale;
    private @Nullable Deploy deploy;
    private List<String> profiles = List.of();
    private Cpu cpu = Cpu.NONE;
    private Memory memory = Memory.NONE;
    private long pidsLimit;
    private @Nullable BlkioConfig blkioConfig;
    private Map<String, Ulimit> ulimits = Map.of();
    private Namespaces namespaces = Namespaces.PRIVATE;
    private Security security = Security.DEFAULT;
    private Map<String, String> sysctls = Map.of();
    private @Nullable String cgroupParent;
    private @Nullable Logging logging;
    private Hooks hooks = Hooks.NONE;
    private Map<String, String> labels = Map.of();
    private Map<String, String> annotations = Map.of();
    private List<DeviceRequest> gpus = List.of();
    private Map<String, ServiceModel> models = Map.of();
    private @Nullable Provider provider;
    private @Nullable Develop develop;
    private Unsupported unsupported = Unsupported.NONE;
    private Map<String, @Nullable Object> extensions = Map.of();

    ServiceBuilder(String name) {
        this.name = name;
    }

    ServiceBuilder(Service service) {
        name = service.name();
        image = service.image();
        build = service.build();
        platform = service.platform();
        pullPolicy = service.pullPolicy();
        command = service.command();
        entrypoint = service.entrypoint();
        environment = service.environment();
        envFiles = service.envFiles();
        labelFiles = service.labelFiles();
        user = service.user();
        workingDir = service.workingDir();
        hostname = service.hostname();
        domainname = service.domainname();
        containerName = service.containerName();
        tty = service.tty();
        stdinOpen = service.stdinOpen();
        init = service.init();
        attach = service.attach();
        ports = service.ports();
        expose = service.expose();
        networks = service.networks();
        macAddress = service.macAddress();
        links = service.links();
        externalLinks = service.externalLinks();
        dns = service.dns();
        volumes = service.volumes();
        tmpfs = service.tmpfs();
        volumesFrom = service.volumesFrom();
        configs = service.configs();
        secrets = service.secrets();
        dependsOn = service.dependsOn();
        healthcheck = service.healthcheck();
        restart = service.restart();
        stopSignal = service.stopSignal();
        stopGracePeriod = service.stopGracePeriod();
        scale = service.scale();
        deploy = service.deploy();
        profiles = service.profiles();
        cpu = service.cpu();
        memory = service.memory();
        pidsLimit = service.pidsLimit();
        blkioConfig = service.blkioConfig();
        ulimits = service.ulimits();
        namespaces = service.namespaces();
        security = service.security();
        sysctls = service.sysctls();
        cgroupParent = service.cgroupParent();
        logging = service.logging();
        hooks = service.hooks();
        labels = service.labels();
        annotations = service.annotations();
        gpus = service.gpus();
        models = service.models();
        provider = service.provider();
        develop = service.develop();
        unsupported = service.unsupported();
        extensions = service.extensions();
    }

    public ServiceBuilder image(@Nullable String value) {
        image = value;
        return this;
    }

    public ServiceBuilder build(@Nullable Build value) {
        build = value;
        return this;
    }

    public ServiceBuilder platform(@Nullable String value) {
        platform = value;
        return this;
    }

    public ServiceBuilder pullPolicy(@Nullable String value) {
        pullPolicy = value;
        return this;
    }

    public ServiceBuilder command(@Nullable List<String> value) {
        command = value;
        return this;
    }

    public ServiceBuilder entrypoint(@Nullable List<String> value) {
        entrypoint = value;
        return this;
    }

    public ServiceBuilder environment(Map<String, @Nullable String> value) {
        environment = value;
        return this;
    }

    public ServiceBuilder envFiles(List<EnvFile> value) {
        envFiles = value;
        return this;
    }

    public ServiceBuilder labelFiles(List<String> value) {
        labelFiles = value;
        return this;
    }

    public ServiceBuilder user(@Nullable String value) {
        user = value;
        return this;
    }

    public ServiceBuilder workingDir(@Nullable String value) {
        workingDir = value;
        return this;
    }

    public ServiceBuilder hostname(@Nullable String value) {
        hostname = value;
        return this;
    }

    public ServiceBuilder domainname(@Nullable String value) {
        domainname = value;
        return this;
    }

    public ServiceBuilder containerName(@Nullable String value) {
        containerName = value;
        return this;
    }

    public ServiceBuilder tty(boolean value) {
        tty = value;
        return this;
    }

    public ServiceBuilder stdinOpen(boolean value) {
        stdinOpen = value;
        return this;
    }

    public ServiceBuilder init(@Nullable Boolean value) {
        init = value;
        return this;
    }

    public ServiceBuilder attach(@Nullable Boolean value) {
        attach = value;
        return this;
    }

    public ServiceBuilder ports(List<PortMapping> value) {
        ports = value;
        return this;
    }

    public ServiceBuilder expose(List<String> value) {
        expose = value;
        return this;
    }

    public ServiceBuilder networks(Map<String, ServiceNetwork> value) {
        networks = value;
        return this;
    }

    public ServiceBuilder macAddress(@Nullable String value) {
        macAddress = value;
        return this;
    }

    public ServiceBuilder links(List<String> value) {
        links = value;
        return this;
    }

    public ServiceBuilder externalLinks(List<String> value) {
        externalLinks = value;
        return this;
    }

    public ServiceBuilder dns(Dns value) {
        dns = value;
        return this;
    }

    public ServiceBuilder volumes(List<ServiceVolume> value) {
        volumes = value;
        return this;
    }

    public ServiceBuilder tmpfs(List<String> value) {
        tmpfs = value;
        return this;
    }

    public ServiceBuilder volumesFrom(List<String> value) {
        volumesFrom = value;
        return this;
    }

    public ServiceBuilder configs(List<FileMount> value) {
        configs = value;
        return this;
    }

    public ServiceBuilder secrets(List<FileMount> value) {
        secrets = value;
        return this;
    }

    public ServiceBuilder dependsOn(Map<String, DependsOn> value) {
        dependsOn = value;
        return this;
    }

    public ServiceBuilder healthcheck(@Nullable Healthcheck value) {
        healthcheck = value;
        return this;
    }

    public ServiceBuilder restart(@Nullable String value) {
        restart = value;
        return this;
    }

    public ServiceBuilder stopSignal(@Nullable String value) {
        stopSignal = value;
        return this;
    }

    public ServiceBuilder stopGracePeriod(@Nullable Duration value) {
        stopGracePeriod = value;
        return this;
    }

    public ServiceBuilder scale(@Nullable Integer value) {
        scale = value;
        return this;
    }

    public ServiceBuilder deploy(@Nullable Deploy value) {
        deploy = value;
        return this;
    }

    public ServiceBuilder profiles(List<String> value) {
        profiles = value;
        return this;
    }

    public ServiceBuilder cpu(Cpu value) {
        cpu = value;
        return this;
    }

    public ServiceBuilder memory(Memory value) {
        memory = value;
        return this;
    }

    public ServiceBuilder pidsLimit(long value) {
        pidsLimit = value;
        return this;
    }

    public ServiceBuilder blkioConfig(@Nullable BlkioConfig value) {
        blkioConfig = value;
        return this;
    }

    public ServiceBuilder ulimits(Map<String, Ulimit> value) {
        ulimits = value;
        return this;
    }

    public ServiceBuilder namespaces(Namespaces value) {
        namespaces = value;
        return this;
    }

    public ServiceBuilder security(Security value) {
        security = value;
        return this;
    }

    public ServiceBuilder sysctls(Map<String, String> value) {
        sysctls = value;
        return this;
    }

    public ServiceBuilder cgroupParent(@Nullable String value) {
        cgroupParent = value;
        return this;
    }

    public ServiceBuilder logging(@Nullable Logging value) {
        logging = value;
        return this;
    }

    public ServiceBuilder hooks(Hooks value) {
        hooks = value;
        return this;
    }

    public ServiceBuilder labels(Map<String, String> value) {
        labels = value;
        return this;
    }

    public ServiceBuilder annotations(Map<String, String> value) {
        annotations = value;
        return this;
    }

    public ServiceBuilder gpus(List<DeviceRequest> value) {
        gpus = value;
        return this;
    }

    public ServiceBuilder models(Map<String, ServiceModel> value) {
        models = value;
        return this;
    }

    public ServiceBuilder provider(@Nullable Provider value) {
        provider = value;
        return this;
    }

    public ServiceBuilder develop(@Nullable Develop value) {
        develop = value;
        return this;
    }

    public ServiceBuilder unsupported(Unsupported value) {
        unsupported = value;
        return this;
    }

    public ServiceBuilder extensions(Map<String, @Nullable Object> value) {
        extensions = value;
        return this;
    }

    /** The service with what was set so far. */
    public Service build() {
        return new Service(
                name,
                image,
                build,
                platform,
                pullPolicy,
                command,
                entrypoint,
                environment,
                envFiles,
                labelFiles,
                user,
                workingDir,
                hostname,
                domainname,
                containerName,
                tty,
                stdinOpen,
                init,
                attach,
                ports,
                expose,
                networks,
                macAddress,
                links,
                externalLinks,
                dns,
                volumes,
                tmpfs,
                volumesFrom,
                configs,
                secrets,
                dependsOn,
                healthcheck,
                restart,
                stopSignal,
                stopGracePeriod,
                scale,
                deploy,
                profiles,
                cpu,
                memory,
                pidsLimit,
                blkioConfig,
                ulimits,
                namespaces,
                security,
                sysctls,
                cgroupParent,
                logging,
                hooks,
                labels,
                annotations,
                gpus,
                models,
                provider,
                develop,
                unsupported,
                extensions);
    }
}

package dev.jcompose.engine.assemble;

import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.images.Image;
import dev.jcompose.model.Service;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.ProcessSpec;
import dev.jcompose.runtime.container.RootfsSpec;
import dev.jcompose.runtime.container.SeccompMode;
import dev.jcompose.runtime.container.Security;
import dev.jcompose.runtime.container.StandardInput;
import dev.jcompose.runtime.container.UserSpec;
import dev.jcompose.runtime.stdio.WindowSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what the runtime needs to start a container. */
public final class SpecAssembler {
    private SpecAssembler() {}

    /**
     * The specification of one start.
     *
     * @param mounts of the service, see {@link MountAssembler}; the engine's own files are added here
     * @param terminalSize that its terminal begins with; null for an unknown one
     * @throws IllegalArgumentException for what the service asks that cannot be had
     */
    public static ContainerSpec assemble(
            ContainerConfig config,
            Service service,
            ContainerFiles files,
            Image image,
            List<MountSpec> mounts,
            NamespaceSpec namespaces,
            @Nullable WindowSize terminalSize) {
        HostDevices devices = HostDevices.of(service.security().devices());
        List<MountSpec> all = new ArrayList<>(mounts);
        all.add(MountSpec.BindMount.of(files.hosts(), "/etc/hosts", false));
        all.add(MountSpec.BindMount.of(files.hostname(), "/etc/hostname", false));
        all.add(MountSpec.BindMount.of(files.resolvConf(), "/etc/resolv.conf", false));
        boolean ownUts = namespaces.uts() instanceof NamespaceSpec.Namespace.Own;
        ContainerSpec.Builder spec = ContainerSpec.builder(
                        config.id(), files.run(), rootfs(service, files, image), process(config, service, image))
                .mounts(all)
                .namespaces(namespaces)
                .resources(Limits.resources(service, devices.rules()))
                .security(security(service))
                .sysctls(service.sysctls())
                .hostname(ownUts ? hostname(config, service) : null)
                .domainname(ownUts ? service.domainname() : null)
                .devices(devices.nodes())
                .init(Boolean.TRUE.equals(service.init()))
                .standardInput(standardInput(config, service))
                .terminalSize(terminalSize);
        if (service.memory().shmSize() > 0) {
            spec.shmSizeBytes(service.memory().shmSize());
        }
        return spec.build();
    }

    private static StandardInput standardInput(ContainerConfig config, Service service) {
        OneOff run = config.run();
        if (run != null && run.stdinOnce()) {
            return StandardInput.ONCE;
        }
        return service.stdinOpen() ? StandardInput.KEPT_OPEN : StandardInput.NONE;
    }

    /** The container's host name: the service's, else the short id. */
    public static String hostname(ContainerConfig config, Service service) {
        String own = service.hostname();
        return own != null ? own : config.shortId();
    }

    /** Who the container's processes run as. */
    public static UserSpec user(Service service, Image image) {
        String user = service.user() != null ? service.user() : image.config().user();
        return UserSpec.parse(user == null ? "" : user);
    }

    /** Where the container's processes start. */
    public static String workingDirectory(Service service, Image image) {
        String own = service.workingDir() != null
                ? service.workingDir()
                : image.config().workingDir();
        return own == null || own.isEmpty() ? "/" : own;
    }

    /** What the container may do. */
    public static Security security(Service service) {
        if (service.security().privileged()) {
            return Security.PRIVILEGED;
        }
        SeccompMode seccomp = new SeccompMode.Default();
        boolean noNewPrivileges = false;
        boolean unmasked = false;
        for (String option : service.security().securityOpt()) {
            switch (option.replace('=', ':')) {
                case "seccomp:unconfined" -> seccomp = new SeccompMode.Unconfined();
                case "no-new-privileges", "no-new-privileges:true" -> noNewPrivileges = true;
                case "systempaths:unconfined" -> unmasked = true;
                case "no-new-privileges:false", "apparmor:unconfined", "label:disable" -> {}
                default ->
                    throw new IllegalArgumentException("services." + service.name() + ".security_opt: \"" + option
                            + "\" is not supported; known are no-new-privileges, seccomp=unconfined,"
                            + " systempaths=unconfined, apparmor=unconfined, label=disable");
            }
        }
        return new Security(
                false,
                new HashSet<>(service.security().capAdd()),
                new HashSet<>(service.security().capDrop()),
                seccomp,
                noNewPrivileges,
                unmasked ? List.of() : Security.MASKED_PATHS,
                unmasked ? List.of() : Security.READONLY_PATHS);
    }

    private static RootfsSpec rootfs(Service service, ContainerFiles files, Image image) {
        return new RootfsSpec(
                image.layers(),
                files.upper(),
                files.work(),
                files.rootfs(),
                service.security().readOnly());
    }

    private static ProcessSpec process(ContainerConfig config, Service service, Image image) {
        return new ProcessSpec(
                CommandLine.of(service, image.config()),
                Environment.of(service, image.config(), hostname(config, service), Map.of()),
                workingDirectory(service, image),
                user(service, image),
                service.security().groupAdd(),
                service.tty(),
                Limits.rlimits(service),
                ProcessSpec.DEFAULT_UMASK);
    }
}

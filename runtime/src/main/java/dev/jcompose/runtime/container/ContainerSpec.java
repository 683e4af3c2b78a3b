package dev.jcompose.runtime.container;

import dev.jcompose.runtime.stdio.WindowSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the runtime needs to know to run a container.
 *
 * @param id letters, digits, {@code _}, {@code .} and {@code -}; names the container's cgroup
 * @param runDirectory for FIFOs and exit status; made when missing, mode 0700
 * @param mounts in the order of their destinations' depth, whatever order they are given in
 * @param sysctls names as {@code net.core.somaxconn}; only those of the container's own namespaces
 * @param hostname null for the host's
 * @param domainname null for the host's
 * @param shmSizeBytes size of {@code /dev/shm}
 * @param init whether its first process is an init process, which reaps what ends and sends signals on to the command
 * @param standardInput where there is no terminal
 * @param announced it writes a byte to its standard output when its root is complete and it waits at the gate
 * @param terminalSize of its terminal, where there is one, when it begins; null for an unknown one
 */
public record ContainerSpec(
        String id,
        Path runDirectory,
        RootfsSpec rootfs,
        ProcessSpec process,
        List<MountSpec> mounts,
        NamespaceSpec namespaces,
        Resources resources,
        Security security,
        Map<String, String> sysctls,
        @Nullable String hostname,
        @Nullable String domainname,
        long shmSizeBytes,
        List<DeviceSpec> devices,
        boolean init,
        StandardInput standardInput,
        @Nullable WindowSize terminalSize,
        boolean announced) {

    /** Size of {@code /dev/shm} when nothing else is said: 64 MiB, as in Docker. */
    public static final long DEFAULT_SHM_BYTES = 64L << 20;

    private static final int HOST_NAME_MAX = 64;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    public ContainerSpec {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("\"" + id + "\" is not a container id");
        }
        requireHostname("host name", hostname);
        requireHostname("domain name", domainname);
        if (shmSizeBytes <= 0) {
            throw new IllegalArgumentException("size " + shmSizeBytes + " of /dev/shm is not positive");
        }
        mounts = List.copyOf(mounts);
        sysctls = Map.copyOf(sysctls);
        devices = List.copyOf(devices);
    }

    private static void requireHostname(String what, @Nullable String name) {
        if (name != null && (name.isEmpty() || name.length() > HOST_NAME_MAX)) {
            throw new IllegalArgumentException(
                    "%s \"%s\" does not have 1 to %d characters".formatted(what, name, HOST_NAME_MAX));
        }
    }

    /**
     * A container with the same root file system and mounts, in namespaces of its own, that is never to run a command:
     * to look into it, and to put something there.
     */
    public ContainerSpec rootOnly() {
        return builder(id, runDirectory, rootfs, ProcessSpec.of(List.of("/")))
                .mounts(mounts)
                .security(security)
                .shmSizeBytes(shmSizeBytes)
                .announced(true)
                .build();
    }

    /** Begins a specification with what has no default. */
    public static Builder builder(String id, Path runDirectory, RootfsSpec rootfs, ProcessSpec process) {
        return new Builder(id, runDirectory, rootfs, process);
    }

    /** Collects a specification; what is not set is as safe and as much the container's own as it can be. */
    public static final class Builder {
        private final String id;
        private final Path runDirectory;
        private final RootfsSpec rootfs;
        private final ProcessSpec process;
        private List<MountSpec> mounts = List.of();
        private NamespaceSpec namespaces = NamespaceSpec.OWN;
        private Resources resources = Resources.UNLIMITED;
        private Security security = Security.DEFAULTS;
        private Map<String, String> sysctls = Map.of();
        private @Nullable String hostname;
        private @Nullable String domainname;
        private long shmSizeBytes = DEFAULT_SHM_BYTES;
        private List<DeviceSpec> devices = List.of();
        private boolean init;
        private StandardInput standardInput = StandardInput.NONE;
        private @Nullable WindowSize terminalSize;
        private boolean announced;

        private Builder(String id, Path runDirectory, RootfsSpec rootfs, ProcessSpec process) {
            this.id = Objects.requireNonNull(id);
            this.runDirectory = Objects.requireNonNull(runDirectory);
            this.rootfs = Objects.requireNonNull(rootfs);
            this.process = Objects.requireNonNull(process);
        }

        /** See {@link ContainerSpec#mounts}. */
        public Builder mounts(List<MountSpec> value) {
            mounts = value;
            return this;
        }

        /** See {@link ContainerSpec#namespaces}. */
        public Builder namespaces(NamespaceSpec value) {
            namespaces = value;
            return this;
        }

        /** See {@link ContainerSpec#resources}. */
        public Builder resources(Resources value) {
            resources = value;
            return this;
        }

        /** See {@link ContainerSpec#security}. */
        public Builder security(Security value) {
            security = value;
            return this;
        }

        /** See {@link ContainerSpec#sysctls}. */
        public Builder sysctls(Map<String, String> value) {
            sysctls = value;
            return this;
        }

        /** See {@link ContainerSpec#hostname}. */
        public Builder hostname(@Nullable String value) {
            hostname = value;
            return this;
        }

        /** See {@link ContainerSpec#domainname}. */
        public Builder domainname(@Nullable String value) {
            domainname = value;
            return this;
        }

        /** See {@link ContainerSpec#shmSizeBytes}. */
        public Builder shmSizeBytes(long value) {
            shmSizeBytes = value;
            return this;
        }

        /** See {@link ContainerSpec#devices}. */
        public Builder devices(List<DeviceSpec> value) {
            devices = value;
            return this;
        }

        /** See {@link ContainerSpec#init}. */
        public Builder init(boolean value) {
            init = value;
            return this;
        }

        /** See {@link ContainerSpec#standardInput}. */
        public Builder standardInput(StandardInput value) {
            standardInput = value;
            return this;
        }

        /** See {@link ContainerSpec#terminalSize}. */
        public Builder terminalSize(@Nullable WindowSize value) {
            terminalSize = value;
            return this;
        }

        /** See {@link ContainerSpec#announced}. */
        public Builder announced(boolean value) {
            announced = value;
            return this;
        }

        /**
         * The specification.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public ContainerSpec build() {
            return new ContainerSpec(
                    id,
                    runDirectory,
                    rootfs,
                    process,
                    mounts,
                    namespaces,
                    resources,
                    security,
                    sysctls,
                    hostname,
                    domainname,
                    shmSizeBytes,
                    devices,
                    init,
                    standardInput,
                    terminalSize,
                    announced);
        }
    }
}

package dev.jcompose.runtime;

import dev.jcompose.linux.Arch;
import dev.jcompose.runtime.capability.BoundingSet;
import dev.jcompose.runtime.capability.CapabilityGrant;
import dev.jcompose.runtime.capability.CapabilitySet;
import dev.jcompose.runtime.container.SeccompMode;
import dev.jcompose.runtime.container.Security;
import dev.jcompose.runtime.process.Credentials;
import dev.jcompose.runtime.process.ResourceLimits;
import dev.jcompose.runtime.rootfs.HiddenPaths;
import dev.jcompose.runtime.seccomp.SeccompFilter;
import dev.jcompose.runtime.seccomp.SeccompFilters;
import dev.jcompose.runtime.user.ResolvedUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processes in containers may do, as far as it depends on this machine: nobody can be given more than the engine
 * has, and only what the kernel shows can be hidden.
 *
 * @param own the engine's capability bounding set
 * @param limits the engine's limits
 * @param defaultHiddenPaths those of {@link Security#DEFAULTS}
 * @param seccompFilters the default profile, compiled
 */
record Confinement(
        CapabilitySet own, ResourceLimits limits, HiddenPaths defaultHiddenPaths, SeccompFilters seccompFilters) {
    private static final Logger log = LoggerFactory.getLogger(Confinement.class);

    /** Looks at this process and this kernel. */
    static Confinement ofSelf() {
        try {
            return new Confinement(
                    BoundingSet.ofSelf(),
                    ResourceLimits.ofSelf(),
                    HiddenPaths.of(Security.MASKED_PATHS, Security.READONLY_PATHS),
                    new SeccompFilters(Arch.current()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Who a process becomes.
     *
     * @throws IllegalArgumentException if a capability has no such name, or the seccomp profile is a file
     */
    Credentials credentials(ResolvedUser user, Security security) {
        CapabilityGrant grant =
                CapabilityGrant.resolve(security.privileged(), security.capAdd(), security.capDrop(), own);
        if (!grant.unavailable().isEmpty()) {
            log.warn("capabilities {} cannot be given: the engine lacks them", grant.unavailable());
        }
        return new Credentials(
                user, grant.granted(), own, security.noNewPrivileges(), filter(security, grant.granted()));
    }

    /** Compiles ahead what ordinary containers need. */
    void warmUp() {
        filter(
                Security.DEFAULTS,
                CapabilityGrant.resolve(false, Set.of(), Set.of(), own).granted());
    }

    private @Nullable SeccompFilter filter(Security security, CapabilitySet capabilities) {
        if (security.seccomp() instanceof SeccompMode.Profile profile) {
            throw new IllegalArgumentException("seccomp profile " + profile.file()
                    + ": only the default profile and \"unconfined\" are supported");
        }
        return security.privileged() || security.seccomp() instanceof SeccompMode.Unconfined
                ? null
                : seccompFilters.forCapabilities(capabilities);
    }

    HiddenPaths hiddenPaths(Security security) throws IOException {
        if (security.privileged()) {
            return HiddenPaths.none();
        }
        return security.maskedPaths().equals(Security.MASKED_PATHS)
                        && security.readonlyPaths().equals(Security.READONLY_PATHS)
                ? defaultHiddenPaths
                : HiddenPaths.of(security.maskedPaths(), security.readonlyPaths());
    }
}

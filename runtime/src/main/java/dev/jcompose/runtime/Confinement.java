package dev.jcompose.runtime;

import dev.jcompose.runtime.capability.BoundingSet;
import dev.jcompose.runtime.capability.CapabilityGrant;
import dev.jcompose.runtime.capability.CapabilitySet;
import dev.jcompose.runtime.container.Security;
import dev.jcompose.runtime.process.Credentials;
import dev.jcompose.runtime.process.ResourceLimits;
import dev.jcompose.runtime.rootfs.HiddenPaths;
import dev.jcompose.runtime.user.ResolvedUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What processes in containers may do, as far as it depends on this machine: nobody can be given more than the engine
 * has, and only what the kernel shows can be hidden.
 *
 * @param own the engine's capability bounding set
 * @param limits the engine's limits
 * @param defaultHiddenPaths those of {@link Security#DEFAULTS}
 */
record Confinement(CapabilitySet own, ResourceLimits limits, HiddenPaths defaultHiddenPaths) {
    private static final Logger log = LoggerFactory.getLogger(Confinement.class);

    /** Looks at this process and this kernel. */
    static Confinement ofSelf() {
        try {
            return new Confinement(
                    BoundingSet.ofSelf(),
                    ResourceLimits.ofSelf(),
                    HiddenPaths.of(Security.MASKED_PATHS, Security.READONLY_PATHS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Credentials credentials(ResolvedUser user, Security security) {
        CapabilityGrant grant =
                CapabilityGrant.resolve(security.privileged(), security.capAdd(), security.capDrop(), own);
        if (!grant.unavailable().isEmpty()) {
            log.warn("capabilities {} cannot be given: the engine lacks them", grant.unavailable());
        }
        return new Credentials(user, grant.granted(), own, security.noNewPrivileges(), null);
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

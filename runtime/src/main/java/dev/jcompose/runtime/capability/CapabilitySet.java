package dev.jcompose.runtime.capability;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An immutable set of capabilities.
 *
 * @param mask bit {@code n} is set when the capability with number {@code n} is in the set. It may hold capabilities
 *     that are newer than {@link Capability}: a bounding set read from the kernel keeps them
 */
public record CapabilitySet(long mask) {
    public static final CapabilitySet NONE = new CapabilitySet(0);

    /** Every capability that has a name here. */
    public static final CapabilitySet ALL = of(Capability.values());

    /**
     * What a container has unless its service says otherwise: Docker's list without {@code MKNOD}, {@code NET_RAW} and
     * {@code AUDIT_WRITE}. Two sysctls of the container's network namespace keep ping and low ports working.
     */
    public static final CapabilitySet DEFAULT = of(
            Capability.CHOWN,
            Capability.DAC_OVERRIDE,
            Capability.FSETID,
            Capability.FOWNER,
            Capability.SETGID,
            Capability.SETUID,
            Capability.SETFCAP,
            Capability.SETPCAP,
            Capability.NET_BIND_SERVICE,
            Capability.SYS_CHROOT,
            Capability.KILL);

    /** The set of the given ones. */
    public static CapabilitySet of(Capability... capabilities) {
        return of(Arrays.asList(capabilities));
    }

    /** The set of the given ones. */
    public static CapabilitySet of(Collection<Capability> capabilities) {
        return new CapabilitySet(
                capabilities.stream().mapToLong(c -> 1L << c.number()).reduce(0, (a, b) -> a | b));
    }

    /** Reads the form of {@code /proc/PID/status}: hexadecimal digits without a prefix. */
    public static CapabilitySet parseHex(String digits) {
        return new CapabilitySet(Long.parseUnsignedLong(digits.trim(), 16));
    }

    public boolean contains(Capability capability) {
        return (mask & 1L << capability.number()) != 0;
    }

    public boolean isEmpty() {
        return mask == 0;
    }

    public CapabilitySet plus(CapabilitySet other) {
        return new CapabilitySet(mask | other.mask);
    }

    public CapabilitySet minus(CapabilitySet other) {
        return new CapabilitySet(mask & ~other.mask);
    }

    public CapabilitySet intersect(CapabilitySet other) {
        return new CapabilitySet(mask & other.mask);
    }

    /** The members that have a name here, by number. */
    public List<Capability> toList() {
        return Arrays.stream(Capability.values()).filter(this::contains).toList();
    }

    @Override
    public String toString() {
        return toList().stream().map(Enum::name).collect(Collectors.joining(",", "[", "]"));
    }
}

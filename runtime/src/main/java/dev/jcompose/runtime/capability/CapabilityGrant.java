package dev.jcompose.runtime.capability;

import java.util.Collection;

/**
 * The capabilities that a container gets.
 *
 * @param granted what goes into its bounding set and, when it runs as root, into permitted and effective
 * @param unavailable what was asked for and cannot be had, because the engine itself lacks it; worth a warning
 */
public record CapabilityGrant(CapabilitySet granted, CapabilitySet unavailable) {
    private static final String ALL = "ALL";

    /**
     * Works out the capabilities of a container, by Docker's rules: {@code ALL} in {@code add} is everything but
     * {@code drop}; {@code ALL} in {@code drop} is {@code add} alone; else the defaults without {@code drop}, and then
     * {@code add}, which wins where a name is in both.
     *
     * @param privileged gives everything that {@code bounding} has; {@code add} and {@code drop} do not count then
     * @param add names as {@link Capability#parse} reads them, or {@code ALL}
     * @param drop likewise
     * @param bounding the engine's own bounding set: nobody can give more
     * @throws IllegalArgumentException if a name is unknown
     */
    public static CapabilityGrant resolve(
            boolean privileged, Collection<String> add, Collection<String> drop, CapabilitySet bounding) {
        CapabilitySet added = named(add);
        CapabilitySet dropped = named(drop);
        if (privileged) {
            return new CapabilityGrant(bounding, CapabilitySet.NONE);
        }
        if (isAll(add)) {
            // Kept to what there is without complaint: "everything" is what the machine can give.
            return new CapabilityGrant(bounding.minus(dropped), CapabilitySet.NONE);
        }
        CapabilitySet base = isAll(drop) ? CapabilitySet.NONE : CapabilitySet.DEFAULT.minus(dropped);
        CapabilitySet wanted = base.plus(added);
        return new CapabilityGrant(wanted.intersect(bounding), wanted.minus(bounding));
    }

    private static CapabilitySet named(Collection<String> names) {
        return CapabilitySet.of(names.stream()
                .filter(name -> !Capability.bareName(name).equals(ALL))
                .map(Capability::parse)
                .toList());
    }

    private static boolean isAll(Collection<String> names) {
        return names.stream().anyMatch(name -> Capability.bareName(name).equals(ALL));
    }
}

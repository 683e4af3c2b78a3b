package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * CPU limits of a service. Zero or null is unset.
 *
 * @param cpus how many CPUs, fractions allowed
 * @param cpuset {@code 0-3}, {@code 0,1}
 * @param shares relative weight
 * @param period microseconds of a CFS period
 * @param quota microseconds of CPU per period
 * @param rtPeriod microseconds of a realtime period
 * @param rtRuntime microseconds per realtime period
 * @param count Windows only
 * @param percent Windows only
 */
public record Cpu(
        double cpus,
        @Nullable String cpuset,
        long shares,
        long period,
        long quota,
        long rtPeriod,
        long rtRuntime,
        long count,
        double percent) {

    /** Nothing limited. */
    public static final Cpu NONE = new Cpu(0, null, 0, 0, 0, 0, 0, 0, 0);
}

package dev.jcompose.runtime.cgroup;

/**
 * What a container uses at one moment. A number that the machine cannot tell is {@link #UNKNOWN}, a limit that is not
 * set is {@link #UNLIMITED}.
 *
 * @param memoryBytes memory in use, with page cache
 * @param memoryPeakBytes the most that it was
 * @param memoryLimitBytes the limit
 * @param inactiveFileBytes page cache that can go at any time; Docker takes it off what it shows as used
 * @param cpuUsageNanos CPU time used since the beginning, by all of the container's processes
 * @param throttledPeriods how many CPU quota periods ended early because the quota was used up
 * @param pids processes and threads
 * @param pidsLimit the most of them
 */
public record CgroupStats(
        long memoryBytes,
        long memoryPeakBytes,
        long memoryLimitBytes,
        long inactiveFileBytes,
        long cpuUsageNanos,
        long throttledPeriods,
        long pids,
        long pidsLimit) {
    public static final long UNKNOWN = -1;
    public static final long UNLIMITED = Long.MAX_VALUE;
}

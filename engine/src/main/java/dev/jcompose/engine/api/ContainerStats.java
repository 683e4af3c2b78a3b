package dev.jcompose.engine.api;

import java.time.Instant;

/**
 * What a container uses at one moment; what cannot be told is 0.
 *
 * @param cpuNanos CPU time since its start
 * @param systemCpuNanos CPU time of all CPUs of the machine, idle or not, since its start
 * @param cpus of the machine
 * @param memoryBytes in use, with page cache
 * @param inactiveFileBytes page cache that can go at any time
 * @param memoryLimitBytes the machine's memory where there is no limit
 * @param receivedBytes over all its network interfaces
 * @param sentBytes likewise
 * @param readBytes from block devices
 * @param writtenBytes likewise
 * @param pids processes and threads
 */
public record ContainerStats(
        Instant at,
        long cpuNanos,
        long systemCpuNanos,
        int cpus,
        long memoryBytes,
        long inactiveFileBytes,
        long memoryLimitBytes,
        long receivedBytes,
        long sentBytes,
        long readBytes,
        long writtenBytes,
        long pids) {

    /** Memory as Docker shows it: without what can go at any time. */
    public long usedMemoryBytes() {
        return Math.max(0, memoryBytes - inactiveFileBytes);
    }

    /** The share of one CPU, in percent, since an earlier sample. */
    public double cpuPercent(ContainerStats earlier) {
        double own = cpuNanos - earlier.cpuNanos;
        double all = systemCpuNanos - earlier.systemCpuNanos;
        return own > 0 && all > 0 ? own / all * cpus * 100 : 0;
    }
}

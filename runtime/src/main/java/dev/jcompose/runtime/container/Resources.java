package dev.jcompose.runtime.container;

import dev.jcompose.runtime.cgroup.CgroupLimits;
import dev.jcompose.runtime.cgroup.DeviceRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a container, for its cgroup. Null means: no limit, the kernel's default.
 *
 * @param memoryBytes hard limit of memory
 * @param memorySwapBytes limit of memory and swap together, as Docker counts; -1 for unlimited swap. Needs
 *     {@code memoryBytes}
 * @param memoryReservationBytes soft limit, below {@code memoryBytes}
 * @param cpuQuotaMicros processor time that may be used in each period, at least 1000
 * @param cpuPeriodMicros length of a period, 1000 to 1000000; 100000 when null
 * @param cpuShares weight against other containers, 2 to 262144, 1024 is normal
 * @param cpusetCpus processors as in {@code 0-3,5}
 * @param cpusetMems memory nodes, in the same form
 * @param pidsLimit number of processes and threads; -1 for no limit
 * @param oomScoreAdj -1000 to 1000; a value below the engine's own needs {@code CAP_SYS_RESOURCE}
 * @param devices what may be done with which devices, in order, after the runtime's own default rules; a privileged
 *     container may use all of them
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
public record Resources(
        @Nullable Long memoryBytes,
        @Nullable Long memorySwapBytes,
        @Nullable Long memoryReservationBytes,
        @Nullable Long cpuQuotaMicros,
        @Nullable Long cpuPeriodMicros,
        @Nullable Long cpuShares,
        @Nullable String cpusetCpus,
        @Nullable String cpusetMems,
        @Nullable Long pidsLimit,
        @Nullable Integer oomScoreAdj,
        List<DeviceRule> devices) {

    /** No limits at all. */
    public static final Resources UNLIMITED =
            new Resources(null, null, null, null, null, null, null, null, null, null, List.of());

    public Resources {
        devices = List.copyOf(devices);
        if (memorySwapBytes != null && memoryBytes == null) {
            throw new IllegalArgumentException("a limit of memory and swap needs a limit of memory");
        }
        if (memorySwapBytes != null && memoryBytes != null && memorySwapBytes != -1 && memorySwapBytes < memoryBytes) {
            throw new IllegalArgumentException("the limit of memory and swap, %d, is below that of memory, %d"
                    .formatted(memorySwapBytes, memoryBytes));
        }
        requireRange("memory limit", memoryBytes, 1, Long.MAX_VALUE);
        requireRange("cpu quota", cpuQuotaMicros, 1000, Long.MAX_VALUE);
        requireRange("cpu period", cpuPeriodMicros, 1000, 1_000_000);
        requireRange("cpu shares", cpuShares, 2, 262_144);
        requireRange("limit of processes", pidsLimit, -1, Long.MAX_VALUE);
        if (oomScoreAdj != null) {
            requireRange("oom score adjustment", (long) oomScoreAdj, -1000, 1000);
        }
    }

    /** What the cgroup is to enforce; a privileged container may use all devices. */
    public CgroupLimits cgroupLimits(boolean privileged) {
        List<DeviceRule> rules = new ArrayList<>(privileged ? List.of(DeviceRule.EVERYTHING) : DeviceRule.DEFAULTS);
        rules.addAll(devices);
        return new CgroupLimits(
                memoryBytes,
                memorySwapBytes,
                memoryReservationBytes,
                cpuQuotaMicros,
                cpuPeriodMicros,
                cpuShares,
                cpusetCpus,
                cpusetMems,
                pidsLimit,
                rules);
    }

    private static void requireRange(String name, @Nullable Long value, long min, long max) {
        if (value != null && (value < min || value > max)) {
            throw new IllegalArgumentException("%s %d is not in %d..%d".formatted(name, value, min, max));
        }
    }
}

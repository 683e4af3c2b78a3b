package dev.jcompose.runtime.cgroup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container may use. Null means: not limited, and the controller need not be there.
 *
 * @param memoryBytes the most memory
 * @param memorySwapBytes the most memory and swap together, at least {@code memoryBytes}; -1 for no limit; null with
 *     {@code memoryBytes} set is twice that, as in Docker, where swap can be limited at all
 * @param memoryReservationBytes memory that is kept when the machine runs short
 * @param cpuQuotaMicros CPU time per period; twice the period is two whole CPUs
 * @param cpuPeriodMicros the length of a period, 1,000 to 1,000,000; the kernel's default is 100,000
 * @param cpuShares relative weight, 2 to 262144; 1024 is the weight of a container that has none given
 * @param cpusetCpus CPUs to run on, for example {@code 0-2,5}
 * @param cpusetMems memory nodes to allocate on, in the same form
 * @param pidsLimit the most processes and threads; -1 for no limit
 * @param devices the rules for device nodes, in order; see {@link DeviceRule#DEFAULTS}
 */
public record CgroupLimits(
        @Nullable Long memoryBytes,
        @Nullable Long memorySwapBytes,
        @Nullable Long memoryReservationBytes,
        @Nullable Long cpuQuotaMicros,
        @Nullable Long cpuPeriodMicros,
        @Nullable Long cpuShares,
        @Nullable String cpusetCpus,
        @Nullable String cpusetMems,
        @Nullable Long pidsLimit,
        List<DeviceRule> devices) {

    /** No limits, and the default devices. */
    public static final CgroupLimits NONE = builder().build();

    public CgroupLimits {
        devices = List.copyOf(devices);
        requireAtLeast("memory limit", memoryBytes, 0);
        requireAtLeast("memory reservation", memoryReservationBytes, 0);
        requireAtLeast("memory and swap limit", memorySwapBytes, -1);
        requireAtLeast("cpu quota", cpuQuotaMicros, -1);
        requireAtLeast("cpu period", cpuPeriodMicros, 1000);
        requireAtLeast("cpu shares", cpuShares, 0);
        requireAtLeast("pids limit", pidsLimit, -1);
        if (memorySwapBytes != null && memorySwapBytes != -1) {
            if (memoryBytes == null || memorySwapBytes < memoryBytes) {
                throw new IllegalArgumentException("memory and swap limit %d is less than the memory limit %s"
                        .formatted(memorySwapBytes, memoryBytes == null ? "(none)" : memoryBytes));
            }
        }
    }

    private static void requireAtLeast(String what, @Nullable Long value, long least) {
        if (value != null && value < least) {
            throw new IllegalArgumentException("%s %d is less than %d".formatted(what, value, least));
        }
    }

    /** Docker's limit of memory and swap together where only memory is limited. */
    long defaultMemorySwapBytes() {
        long memory = memoryBytes == null ? 0 : memoryBytes;
        return memory > Long.MAX_VALUE / 2 ? -1 : 2 * memory;
    }

    boolean wantsMemory() {
        return memoryBytes != null || memorySwapBytes != null || memoryReservationBytes != null;
    }

    boolean wantsCpu() {
        return cpuQuotaMicros != null || cpuPeriodMicros != null || cpuShares != null;
    }

    boolean wantsCpuset() {
        return cpusetCpus != null || cpusetMems != null;
    }

    /** Begins with no limits and the default devices. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects limits; each method sets the component of that name. */
    public static final class Builder {
        private @Nullable Long memoryBytes;
        private @Nullable Long memorySwapBytes;
        private @Nullable Long memoryReservationBytes;
        private @Nullable Long cpuQuotaMicros;
        private @Nullable Long cpuPeriodMicros;
        private @Nullable Long cpuShares;
        private @Nullable String cpusetCpus;
        private @Nullable String cpusetMems;
        private @Nullable Long pidsLimit;
        private List<DeviceRule> devices = DeviceRule.DEFAULTS;

        private Builder() {}

        public Builder memoryBytes(@Nullable Long value) {
            memoryBytes = value;
            return this;
        }

        public Builder memorySwapBytes(@Nullable Long value) {
            memorySwapBytes = value;
            return this;
        }

        public Builder memoryReservationBytes(@Nullable Long value) {
            memoryReservationBytes = value;
            return this;
        }

        public Builder cpuQuotaMicros(@Nullable Long value) {
            cpuQuotaMicros = value;
            return this;
        }

        public Builder cpuPeriodMicros(@Nullable Long value) {
            cpuPeriodMicros = value;
            return this;
        }

        public Builder cpuShares(@Nullable Long value) {
            cpuShares = value;
            return this;
        }

        public Builder cpusetCpus(@Nullable String value) {
            cpusetCpus = value;
            return this;
        }

        public Builder cpusetMems(@Nullable String value) {
            cpusetMems = value;
            return this;
        }

        public Builder pidsLimit(@Nullable Long value) {
            pidsLimit = value;
            return this;
        }

        public Builder devices(List<DeviceRule> value) {
            devices = List.copyOf(value);
            return this;
        }

        public CgroupLimits build() {
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
                    devices);
        }
    }
}

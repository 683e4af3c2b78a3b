package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.ErrnoException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes limits into the control files of version 2. */
record V2Limits(CgroupLimits limits, CgroupDirectory directory) {
    private static final String SWAP_LIMIT = "memory.swap.max";
    private static final long DEFAULT_PERIOD_MICROS = 100_000;

    /** The controllers to switch on: three for their counters, whatever the limits, and others as limits need them. */
    Set<String> controllers() {
        Set<String> wanted = new TreeSet<>(Set.of("cpu", "memory", "pids"));
        if (limits.wantsCpuset()) {
            wanted.add("cpuset");
        }
        return wanted;
    }

    /**
     * Sets the limits.
     *
     * @param problems why some controllers are missing, for the message of a limit that needs one of them
     */
    void apply(List<String> problems) throws IOException {
        if (limits.wantsMemory()) {
            require("memory.max", "a memory limit", problems);
            memory();
        }
        if (limits.wantsCpu()) {
            require("cpu.max", "a cpu limit", problems);
            cpu();
        }
        if (limits.wantsCpuset()) {
            require("cpuset.cpus", "a cpuset", problems);
            write("cpuset.cpus", limits.cpusetCpus());
            write("cpuset.mems", limits.cpusetMems());
        }
        if (limits.pidsLimit() != null) {
            require("pids.max", "a pids limit", problems);
            write("pids.max", limitOrMax(limits.pidsLimit()));
        }
    }

    private void memory() throws IOException {
        Long memory = limits.memoryBytes();
        write("memory.max", memory);
        write("memory.low", limits.memoryReservationBytes());
        Long both = limits.memorySwapBytes();
        if (both != null) {
            require(SWAP_LIMIT, "a swap limit", List.of("swap is not accounted on this machine"));
            // Version 2 limits swap by itself.
            write(SWAP_LIMIT, both == -1 || memory == null ? "max" : both - memory);
        } else if (memory != null && has(SWAP_LIMIT)) {
            write(SWAP_LIMIT, memory);
        }
    }

    private void cpu() throws IOException {
        Long shares = limits.cpuShares();
        if (shares != null && shares != 0) {
            write("cpu.weight", CpuWeight.ofShares(shares));
        }
        Long quota = limits.cpuQuotaMicros();
        Long period = limits.cpuPeriodMicros();
        if (quota != null || period != null) {
            write(
                    "cpu.max",
                    limitOrMax(quota == null ? -1 : quota) + " " + (period == null ? DEFAULT_PERIOD_MICROS : period));
        }
    }

    private void require(String file, String what, List<String> problems) throws CgroupException {
        if (!has(file)) {
            throw new CgroupException("%s cannot be set on cgroup %s: %s"
                    .formatted(
                            what,
                            directory.path(),
                            problems.isEmpty() ? "there is no " + file : String.join("; ", problems)));
        }
    }

    private boolean has(String file) {
        return directory.child(file).exists();
    }

    private void write(String file, @Nullable Object value) throws ErrnoException {
        if (value != null) {
            directory.write(file, value.toString());
        }
    }

    private static String limitOrMax(long value) {
        return value == -1 ? "max" : Long.toString(value);
    }
}

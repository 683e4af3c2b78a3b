package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes limits into the control files of version 1. A controller that is missing is an error only when a limit needs
 * it.
 *
 * @param directoryOf a container's cgroup in the hierarchy of a controller
 */
record V1Limits(CgroupLimits limits, Function<String, Optional<CgroupDirectory>> directoryOf) {
    private static final String SWAP_LIMIT = "memory.memsw.limit_in_bytes";

    void apply() throws IOException {
        devices();
        if (limits.wantsMemory()) {
            memory(require("memory", "a memory limit"));
        }
        if (limits.wantsCpu()) {
            CgroupDirectory cpu = require("cpu", "a cpu limit");
            write(cpu, "cpu.shares", limits.cpuShares());
            write(cpu, "cpu.cfs_period_us", limits.cpuPeriodMicros());
            write(cpu, "cpu.cfs_quota_us", limits.cpuQuotaMicros());
        }
        if (limits.wantsCpuset()) {
            CgroupDirectory cpuset = require("cpuset", "a cpuset");
            write(cpuset, "cpuset.cpus", limits.cpusetCpus());
            write(cpuset, "cpuset.mems", limits.cpusetMems());
        }
        Long pids = limits.pidsLimit();
        if (pids != null) {
            write(require("pids", "a pids limit"), "pids.max", pids == -1 ? "max" : pids);
        }
    }

    private void memory(CgroupDirectory memory) throws IOException {
        write(memory, "memory.limit_in_bytes", limits.memoryBytes());
        write(memory, "memory.soft_limit_in_bytes", limits.memoryReservationBytes());
        Long swap = limits.memorySwapBytes();
        if (swap != null) {
            write(memory, SWAP_LIMIT, swap);
        } else if (limits.memoryBytes() != null) {
            try {
                write(memory, SWAP_LIMIT, limits.defaultMemorySwapBytes());
            } catch (ErrnoException e) {
                // Swap is not accounted on this machine, and nobody asked for a limit of it.
                if (!e.is(Errno.ENOENT)) {
                    throw e;
                }
            }
        }
    }

    private void devices() throws IOException {
        if (limits.devices().equals(List.of(DeviceRule.EVERYTHING))) {
            // A new cgroup has what its parent has.
            return;
        }
        CgroupDirectory devices = require("devices", "keeping a container from the host's devices");
        devices.write("devices.deny", "a");
        List<DeviceRule> rules = limits.devices();
        int start = 0;
        while (start < rules.size()) {
            boolean allow = rules.get(start).allow();
            List<String> lines = new ArrayList<>();
            int end = start;
            while (end < rules.size() && rules.get(end).allow() == allow) {
                lines.addAll(rules.get(end).v1Lines());
                end++;
            }
            devices.writeEach(allow ? "devices.allow" : "devices.deny", lines);
            start = end;
        }
    }

    private CgroupDirectory require(String controller, String what) throws CgroupException {
        return directoryOf
                .apply(controller)
                .orElseThrow(() -> new CgroupException(
                        what + " needs the " + controller + " cgroup controller, which is not mounted"));
    }

    private static void write(CgroupDirectory directory, String file, @Nullable Object value) throws ErrnoException {
        if (value != null) {
            directory.write(file, value.toString());
        }
    }
}

package dev.jcompose.model.write;

import dev.jcompose.model.BlkioConfig;
import dev.jcompose.model.Cpu;
import dev.jcompose.model.Memory;
import dev.jcompose.model.Namespaces;
import dev.jcompose.model.Security;
import dev.jcompose.model.Service;
import java.util.Collection;

/** What limits and isolates a service, as plain values. */
final class LimitsTree {
    private LimitsTree() {}

    static void write(Service service, Tree tree) {
        cpu(service.cpu(), tree);
        memory(service.memory(), tree);
        namespaces(service.namespaces(), tree);
        security(service.security(), tree);
        tree.number("pids_limit", service.pidsLimit())
                .object("blkio_config", service.blkioConfig(), LimitsTree::blkio)
                .map("ulimits", ServiceTree.ulimits(service.ulimits()))
                .map("sysctls", service.sysctls())
                .text("cgroup_parent", service.cgroupParent())
                .objects("gpus", service.gpus(), ServiceTree::request);
    }

    private static void cpu(Cpu cpu, Tree tree) {
        tree.number("cpus", cpu.cpus())
                .text("cpuset", cpu.cpuset())
                .number("cpu_shares", cpu.shares())
                .number("cpu_period", cpu.period())
                .number("cpu_quota", cpu.quota())
                .number("cpu_rt_period", cpu.rtPeriod())
                .number("cpu_rt_runtime", cpu.rtRuntime())
                .number("cpu_count", cpu.count())
                .number("cpu_percent", cpu.percent());
    }

    private static void memory(Memory memory, Tree tree) {
        tree.bytes("mem_limit", memory.limit())
                .bytes("mem_reservation", memory.reservation())
                .bytes("memswap_limit", memory.swapLimit())
                .bytes("mem_swappiness", memory.swappiness())
                .flag("oom_kill_disable", memory.oomKillDisable())
                .number("oom_score_adj", memory.oomScoreAdj())
                .bytes("shm_size", memory.shmSize());
    }

    private static void namespaces(Namespaces namespaces, Tree tree) {
        tree.text("network_mode", namespaces.network())
                .text("ipc", namespaces.ipc())
                .text("pid", namespaces.pid())
                .text("uts", namespaces.uts())
                .text("userns_mode", namespaces.user())
                .text("cgroup", namespaces.cgroup());
    }

    private static void security(Security security, Tree tree) {
        tree.flag("privileged", security.privileged())
                .flag("read_only", security.readOnly())
                .list("cap_add", security.capAdd())
                .list("cap_drop", security.capDrop())
                .list("security_opt", security.securityOpt())
                .list("group_add", security.groupAdd())
                .objects(
                        "devices",
                        security.devices(),
                        (device, out) -> out.text("source", device.source())
                                .text("target", device.target())
                                .text("permissions", device.permissions()))
                .list("device_cgroup_rules", security.deviceCgroupRules());
    }

    private static void blkio(BlkioConfig blkio, Tree tree) {
        boolean upper = tree.options().referenceJson();
        tree.number("weight", blkio.weight())
                .objects(
                        "weight_device",
                        blkio.weightDevice(),
                        (device, out) -> out.text(upper ? "Path" : "path", device.path())
                                .number(upper ? "Weight" : "weight", device.weight()));
        throttles("device_read_bps", blkio.deviceReadBps(), tree);
        throttles("device_read_iops", blkio.deviceReadIops(), tree);
        throttles("device_write_bps", blkio.deviceWriteBps(), tree);
        throttles("device_write_iops", blkio.deviceWriteIops(), tree);
    }

    private static void throttles(String key, Collection<BlkioConfig.Throttle> throttles, Tree tree) {
        boolean upper = tree.options().referenceJson();
        tree.objects(
                key,
                throttles,
                (throttle, out) -> out.text(upper ? "Path" : "path", throttle.path())
                        .bytes(upper ? "Rate" : "rate", throttle.rate()));
    }
}

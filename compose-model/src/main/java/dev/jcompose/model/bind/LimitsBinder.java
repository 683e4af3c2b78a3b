package dev.jcompose.model.bind;

import dev.jcompose.model.BlkioConfig;
import dev.jcompose.model.Cpu;
import dev.jcompose.model.Memory;

/** Binds CPU, memory and block device limits. */
final class LimitsBinder {
    private static final String[] CPU = {
        "cpus",
        "cpuset",
        "cpu_shares",
        "cpu_period",
        "cpu_quota",
        "cpu_rt_period",
        "cpu_rt_runtime",
        "cpu_count",
        "cpu_percent"
    };
    private static final String[] MEMORY = {
        "mem_limit",
        "mem_reservation",
        "memswap_limit",
        "mem_swappiness",
        "oom_kill_disable",
        "oom_score_adj",
        "shm_size"
    };

    private LimitsBinder() {}

    static Cpu cpu(Fields service) {
        if (!service.hasAny(CPU)) {
            return Cpu.NONE;
        }
        return new Cpu(
                service.number("cpus"),
                service.nonEmpty("cpuset"),
                service.longOrZero("cpu_shares"),
                service.longOrZero("cpu_period"),
                service.longOrZero("cpu_quota"),
                service.longOrZero("cpu_rt_period"),
                service.longOrZero("cpu_rt_runtime"),
                service.longOrZero("cpu_count"),
                service.number("cpu_percent"));
    }

    static Memory memory(Fields service) {
        if (!service.hasAny(MEMORY)) {
            return Memory.NONE;
        }
        return new Memory(
                service.bytes("mem_limit"),
                service.bytes("mem_reservation"),
                service.bytes("memswap_limit"),
                service.bytes("mem_swappiness"),
                service.flag("oom_kill_disable"),
                service.intOrZero("oom_score_adj"),
                service.bytes("shm_size"));
    }

    static BlkioConfig blkio(Fields fields) {
        return new BlkioConfig(
                fields.unsignedOrZero("weight"),
                fields.objects("weight_device", LimitsBinder::weight),
                fields.objects("device_read_bps", LimitsBinder::throttle),
                fields.objects("device_read_iops", LimitsBinder::throttle),
                fields.objects("device_write_bps", LimitsBinder::throttle),
                fields.objects("device_write_iops", LimitsBinder::throttle));
    }

    /** The reference's JSON has these keys in upper case. */
    private static BlkioConfig.WeightDevice weight(Fields fields) {
        return fields.has("Path")
                ? new BlkioConfig.WeightDevice(fields.required("Path"), fields.unsignedOrZero("Weight"))
                : new BlkioConfig.WeightDevice(fields.required("path"), fields.unsignedOrZero("weight"));
    }

    private static BlkioConfig.Throttle throttle(Fields fields) {
        return fields.has("Path")
                ? new BlkioConfig.Throttle(fields.required("Path"), fields.bytes("Rate"))
                : new BlkioConfig.Throttle(fields.required("path"), fields.bytes("rate"));
    }
}

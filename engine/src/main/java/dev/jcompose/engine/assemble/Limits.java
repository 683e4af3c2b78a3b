package dev.jcompose.engine.assemble;

import dev.jcompose.model.Cpu;
import dev.jcompose.model.Deploy;
import dev.jcompose.model.Memory;
import dev.jcompose.model.ResourceSpec;
import dev.jcompose.model.Service;
import dev.jcompose.model.Ulimit;
import dev.jcompose.runtime.cgroup.DeviceRule;
import dev.jcompose.runtime.container.Resources;
import dev.jcompose.runtime.container.Rlimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a container may use at most. */
public final class Limits {
    private static final long PERIOD_MICROS = 100_000;

    private Limits() {}

    /** The service's limits; those under {@code deploy.resources} win. */
    public static Resources resources(Service service, List<DeviceRule> devices) {
        Memory memory = service.memory();
        Cpu cpu = service.cpu();
        Deploy deploy = service.deploy();
        ResourceSpec limits = deploy == null || deploy.resources() == null
                ? null
                : deploy.resources().limits();
        ResourceSpec reserved = deploy == null || deploy.resources() == null
                ? null
                : deploy.resources().reservations();
        Long limit = positive(limits != null && limits.memory() > 0 ? limits.memory() : memory.limit());
        double cpus = limits != null && limits.cpus() > 0 ? limits.cpus() : cpu.cpus();
        long pids = limits != null && limits.pids() != 0 ? limits.pids() : service.pidsLimit();
        return new Resources(
                limit,
                limit == null || memory.swapLimit() == 0 ? null : Long.valueOf(memory.swapLimit()),
                positive(reserved != null && reserved.memory() > 0 ? reserved.memory() : memory.reservation()),
                cpus > 0 ? Long.valueOf(Math.round(cpus * PERIOD_MICROS)) : positive(cpu.quota()),
                cpus > 0 ? Long.valueOf(PERIOD_MICROS) : positive(cpu.period()),
                positive(cpu.shares()),
                cpu.cpuset(),
                null,
                pids == 0 ? null : Long.valueOf(pids),
                memory.oomScoreAdj() == 0 ? null : Integer.valueOf(memory.oomScoreAdj()),
                devices);
    }

    /**
     * The service's {@code ulimits}.
     *
     * @throws IllegalArgumentException for a name that setrlimit(2) does not have
     */
    static List<Rlimit> rlimits(Service service) {
        List<Rlimit> limits = new ArrayList<>();
        service.ulimits().forEach((name, limit) -> limits.add(rlimit(service.name(), name, limit)));
        return limits;
    }

    private static Rlimit rlimit(String service, String name, Ulimit limit) {
        try {
            return new Rlimit(Rlimit.Kind.valueOf(name.toUpperCase(Locale.ROOT)), limit.soft(), limit.hard());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "services." + service + ".ulimits." + name + ": " + e.getMessage() + "; known limits are "
                            + List.of(Rlimit.Kind.values()).toString().toLowerCase(Locale.ROOT),
                    e);
        }
    }

    private static @Nullable Long positive(long value) {
        return value > 0 ? Long.valueOf(value) : null;
    }
}

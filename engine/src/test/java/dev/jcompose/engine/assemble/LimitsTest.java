package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Cpu;
import dev.jcompose.model.Deploy;
import dev.jcompose.model.Memory;
import dev.jcompose.model.ResourceSpec;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceBuilder;
import dev.jcompose.model.Ulimit;
import dev.jcompose.runtime.container.Resources;
import dev.jcompose.runtime.container.Rlimit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void withoutLimitsThereAreNone() {
        assertThat(of(service())).isEqualTo(Resources.UNLIMITED);
    }

    @Test
    void cpusAreAQuotaOfAPeriod() {
        Resources half = of(service().cpu(new Cpu(0.5, "0-1", 512, 0, 0, 0, 0, 0, 0)));
        assertThat(half.cpuQuotaMicros()).isEqualTo(50_000);
        assertThat(half.cpuPeriodMicros()).isEqualTo(100_000);
        assertThat(half.cpuShares()).isEqualTo(512);
        assertThat(half.cpusetCpus()).isEqualTo("0-1");
    }

    @Test
    void aQuotaOfItsOwnIsTakenAsItIs() {
        Resources own = of(service().cpu(new Cpu(0, null, 0, 20_000, 5_000, 0, 0, 0, 0)));
        assertThat(own.cpuQuotaMicros()).isEqualTo(5_000);
        assertThat(own.cpuPeriodMicros()).isEqualTo(20_000);
    }

    @Test
    void swapCountsOnlyWithAMemoryLimit() {
        Memory both = new Memory(64 * MEGABYTE, 16 * MEGABYTE, 128 * MEGABYTE, 0, false, 300, 0);
        Resources limited = of(service().memory(both));
        assertThat(limited.memoryBytes()).isEqualTo(64 * MEGABYTE);
        assertThat(limited.memorySwapBytes()).isEqualTo(128 * MEGABYTE);
        assertThat(limited.memoryReservationBytes()).isEqualTo(16 * MEGABYTE);
        assertThat(limited.oomScoreAdj()).isEqualTo(300);
        Memory swapOnly = new Memory(0, 0, 128 * MEGABYTE, 0, false, 0, 0);
        assertThat(of(service().memory(swapOnly)).memorySwapBytes()).isNull();
    }

    @Test
    void deployResourcesWin() {
        Resources both = of(service()
                .memory(new Memory(64 * MEGABYTE, 0, 0, 0, false, 0, 0))
                .pidsLimit(10)
                .deploy(deploy(spec(2, 32 * MEGABYTE, 20), spec(0, 8 * MEGABYTE, 0))));
        assertThat(both.memoryBytes()).isEqualTo(32 * MEGABYTE);
        assertThat(both.memoryReservationBytes()).isEqualTo(8 * MEGABYTE);
        assertThat(both.cpuQuotaMicros()).isEqualTo(200_000);
        assertThat(both.pidsLimit()).isEqualTo(20);
    }

    @Test
    void minusOnePidsIsNoLimitAndIsHandedOn() {
        assertThat(of(service().pidsLimit(-1)).pidsLimit()).isEqualTo(-1);
    }

    @Test
    void ulimitsGoByTheirNames() {
        assertThat(Limits.rlimits(service()
                        .ulimits(Map.of("nofile", new Ulimit(100, 200, false)))
                        .build()))
                .containsExactly(new Rlimit(Rlimit.Kind.NOFILE, 100, 200));
    }

    @Test
    void anUnknownUlimitIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> Limits.rlimits(service()
                        .ulimits(Map.of("doors", new Ulimit(1, 1, true)))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("services.web.ulimits.doors", "nofile");
    }

    private static ServiceBuilder service() {
        return Service.builder("web");
    }

    private static Resources of(ServiceBuilder service) {
        return Limits.resources(service.build(), List.of());
    }

    private static ResourceSpec spec(double cpus, long memory, long pids) {
        return new ResourceSpec(cpus, memory, pids, List.of(), List.of());
    }

    private static Deploy deploy(@Nullable ResourceSpec limits, @Nullable ResourceSpec reservations) {
        return new Deploy(
                null,
                null,
                Map.of(),
                null,
                null,
                new dev.jcompose.model.Resources(limits, reservations),
                null,
                null,
                null,
                Map.of());
    }
}

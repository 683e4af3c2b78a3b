package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import org.junit.jupiter.api.Test;

@RequiresRoot
class UsageIT extends EngineScenario {
    @Test
    void processesAndWhatTheyUseAreThoseOfTheContainer() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'head -c 8000000 /dev/zero | tail -c 8000000 | sleep 1000'
                    mem_limit: 64m
                """);
        ContainerProcesses processes = engine().engine().containers().top("p-web-1");
        assertThat(processes.titles()).containsExactly("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
        await().untilAsserted(() -> assertThat(
                        engine().engine().containers().top("p-web-1").processes())
                .anySatisfy(row -> assertThat(row).startsWith("root").endsWith("sleep 1000")));

        ContainerStats stats = engine().engine().containers().stats("p-web-1");
        assertThat(stats.memoryLimitBytes()).isEqualTo(64L << 20);
        assertThat(stats.pids()).isPositive();
        assertThat(stats.cpuNanos()).isPositive();
        assertThat(stats.systemCpuNanos()).isGreaterThan(stats.cpuNanos());

        engine().engine().projects().stop(TestEngine.services(), engine().listener());
        assertThat(engine().engine().containers().stats("p-web-1").pids()).isZero();
        assertThatThrownBy(() -> engine().engine().containers().top("p-web-1"))
                .hasMessage("container p-web-1 is not running");
    }
}

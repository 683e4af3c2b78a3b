package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import org.junit.jupiter.api.Test;

/** Containers in the network of another one, when that one dies. */
@RequiresRoot
class NamespaceFollowersIT extends EngineScenario {
    private static final String STACK = """
            services:
              web: {image: localhost/host, command: sleep 1000, network_mode: service:db, stop_grace_period: 0s}
              db:
                image: localhost/host
                command: sh -c 'while [ ! -e /crash ]; do sleep 0.02; done; rm /crash; exit 1'
                restart: always
                scale: 2
            """;

    @Test
    void whoSharesTheNetworkOfAnyReplicaIsStartedAgainWithIt() throws Exception {
        up(STACK);
        assertThat(network("p-web-1")).isEqualTo(network("p-db-1"));
        engine().engine().containers().stop("p-db-1", 0);
        engine().engine().projects().stop(TestEngine.services("web"), engine().listener());
        engine().engine().containers().start("p-web-1");
        assertThat(network("p-web-1")).isEqualTo(network("p-db-2"));

        var before = engine().container("p-web-1").startedAt();
        engine().engine().containers().start("p-db-1");
        crash("p-db-2");
        await().untilAsserted(() -> {
            assertThat(state("p-web-1")).isEqualTo("running");
            assertThat(network("p-web-1")).isIn(network("p-db-1"), network("p-db-2"));
        });
        assertThat(engine().container("p-web-1").startedAt()).isAfter(before);
    }

    @Test
    void theCrashOfAnotherReplicaDoesNotMatter() throws Exception {
        up(STACK);
        var before = engine().container("p-web-1").startedAt();
        crash("p-db-2");
        crash("p-db-1");
        await().untilAsserted(() -> {
            assertThat(state("p-web-1")).isEqualTo("running");
            assertThat(network("p-web-1")).isIn(network("p-db-1"), network("p-db-2"));
        });
        assertThat(engine().container("p-web-1").startedAt()).isAfter(before);
    }

    private void crash(String container) {
        var before = engine().container(container).startedAt();
        engine().exec(container, "touch", "/crash");
        await().untilAsserted(() -> {
            assertThat(state(container)).isEqualTo("running");
            assertThat(engine().container(container).startedAt()).isAfter(before);
        });
    }

    private String network(String container) {
        return engine().exec(container, "readlink", "/proc/self/ns/net");
    }
}

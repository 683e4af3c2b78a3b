package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of the engine's state are cut off, as a broken disk does it; {@link RecoveryIT} does it to those of containers.
 */
@RequiresRoot
class DamagedStateIT extends EngineScenario {
    private static final String STACK = """
            services:
              web:
                image: localhost/host
                command: sh -c 'until [ -e /data/go ]; do sleep 0.02; done; exit 4'
                volumes: ["data:/data"]
                networks: [inner]
            volumes: {data: {}}
            networks: {inner: {}}
            """;
    private static final String OTHER = """
            services:
              web: {image: localhost/host, command: sleep 1000}
            """;

    @Test
    void aVolumeWhoseFileIsDamagedIsOnlyMissedByThoseWhoWantIt() throws Exception {
        up(STACK);
        Path file = data("volumes/p_data/volume.json");
        killEngine();
        byte[] whole = damage(file);
        startAnotherEngine();
        assertThat(engine().exec("p-web-1", "touch", "/data/go")).isEqualTo("0: ");
        await().untilAsserted(() -> assertThat(state("p-web-1")).isEqualTo("exited 4"));
        assertThatThrownBy(() -> up(STACK))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("volume file '" + file + "' is damaged", "mend it, or remove the volume");
        up(OTHER);
        assertThat(state("p-web-1")).isEqualTo("running");
        assertThat(engine().events())
                .anyMatch(event -> event.startsWith("PROJECT p Warning") && event.contains(file.toString()));
        Files.write(file, whole);
    }

    @Test
    void aNetworkWhoseFileIsDamagedIsTakenOverByTheNextUp() throws Exception {
        up(STACK);
        Path file = data("networks/p_inner.json");
        killEngine();
        damage(file);
        startAnotherEngine();
        assertThat(state("p-web-1")).isEqualTo("running");
        up(STACK);
        assertThat(engine().events())
                .anyMatch(event -> event.startsWith("PROJECT p Warning") && event.contains(file.toString()));
        assertThat(engine().exec("p-web-1", "getent", "hosts", "web")).startsWith("0: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"boot.json", "subnets.json"})
    void whatIsOnlyRememberedForConvenienceIsForgotten(String name) throws Exception {
        up(STACK);
        killEngine();
        damage(data(name));
        startAnotherEngine();
        assertThat(state("p-web-1")).isEqualTo("running");
        engine().down();
        up(STACK);
        assertThat(state("p-web-1")).isEqualTo("running");
    }

    private Path data(String file) {
        return directory().resolve("data").resolve(file);
    }

    /** Gives what was in it. */
    private static byte[] damage(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        return whole;
    }
}

package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The engine is killed while a container writes: nothing may be lost, and everything can be removed. */
@RequiresRoot
class CrashIT extends AcceptanceScenario {
    private static final String COUNTER = """
            name: crash
            services:
              counter:
                image: localhost/host
                command:
                  - sh
                  - -c
                  - |
                    trap 'exit 0' TERM
                    i=0
                    while :; do
                      echo "line $$i"
                      i=$$((i + 1))
                      sleep 0.005
                    done
                volumes:
                  - kept:/kept
            volumes:
              kept:
            """;

    @Test
    void noLogLineIsLostAndDownRemovesEverything() throws Exception {
        write(COUNTER);
        jcompose.ok("up", "-d");
        for (int kills = 0; kills < 3; kills++) {
            awaitLines((kills + 1) * 100);
            jcompose.killEngine();
        }
        assertThat(jcompose.ok("ps")).contains("crash-counter-1").contains("Up ");
        awaitLines(500);
    }

    private void awaitLines(int count) {
        await().untilAsserted(() -> {
            List<String> lines =
                    jcompose.ok("logs", "--no-color", "--no-log-prefix").lines().toList();
            assertThat(lines).hasSizeGreaterThan(count);
            assertThat(lines)
                    .containsExactlyElementsOf(IntStream.range(0, lines.size())
                            .mapToObj(i -> "line " + i)
                            .toList());
        });
    }
}

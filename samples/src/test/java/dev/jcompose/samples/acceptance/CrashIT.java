package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.HostSnapshot;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine is killed while a container writes: nothing may be lost, and everything can be removed. */
@RequiresRoot
class CrashIT {
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

    @TempDir
    Path folder;

    @Test
    void noLogLineIsLostAndDownRemovesEverything() throws Exception {
        Files.writeString(folder.resolve("compose.yaml"), COUNTER);
        Jcompose jcompose = Jcompose.in(folder);
        HostSnapshot before = jcompose.snapshot();
        jcompose.ok("up", "-d");
        try {
            for (int kills = 0; kills < 3; kills++) {
                awaitLines(jcompose, (kills + 1) * 100);
                kill(jcompose);
            }
            assertThat(jcompose.ok("ps")).contains("crash-counter-1").contains("Up ");
            awaitLines(jcompose, 500);
        } finally {
            jcompose.leaveNothing(before);
        }
    }

    private static void kill(Jcompose jcompose) throws IOException {
        List<ProcessHandle> engines = jcompose.engines();
        assertThat(engines).hasSize(1);
        engines.get(0).destroyForcibly();
        await().until(() -> jcompose.engines().isEmpty());
    }

    private static void awaitLines(Jcompose jcompose, int count) {
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

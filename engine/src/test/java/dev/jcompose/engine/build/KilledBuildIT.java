package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.client.EngineClient;
import dev.jcompose.engine.testing.EngineProcess;
import dev.jcompose.engine.testing.Leftovers;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine is killed for real while a command of a build runs. */
@RequiresRoot
class KilledBuildIT {
    /** Its last command runs for ever the first time, and sees in its cache that there has been a first time. */
    private static final String SERVICES = """
            services:
              web:
                build:
                  dockerfile_inline: |
                    FROM localhost/host
                    RUN echo made >/mnt/made
                    RUN --mount=type=cache,target=/mnt test -e /mnt/second || { touch /mnt/second; echo begun; sleep 1000; }
            """;

    @TempDir
    private Path directory;

    private EngineProcess engine;
    private EngineClient client;
    private Leftovers leftovers;

    @BeforeEach
    void start() throws IOException {
        leftovers = Leftovers.before(directory);
        engine = new EngineProcess(directory, "dev.jcompose.engine.EngineMain");
        client = engine.client();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        engine.stop();
        leftovers.awaitNone();
    }

    private void build(Consumer<String> output) {
        try {
            String json = TestEngine.canonical(directory, SERVICES);
            client.builds()
                    .build(
                            BuildRequest.of(json, Set.of()),
                            event -> output.accept(event.attributes().getOrDefault(BuildRequest.OUTPUT, "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theBuildFailsItsCommandEndsAndTheNextBuildGoesOnFromThere() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> build(line -> {
            if (line.endsWith("begun")) {
                runs.countDown();
            }
        }));
        assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
        // What a step has made gets into the cache while the next one runs.
        await().untilAsserted(() ->
                assertThat(directory.resolve("data/images/pins")).isDirectoryContaining("glob:**/build-*.json"));
        engine.kill();
        assertThatThrownBy(() -> killed.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(EngineException.class);

        engine.startAnother();
        assertThat(directory.resolve("data/images/tmp")).isEmptyDirectory();
        leftovers.awaitNone();
        List<String> output = new ArrayList<>();
        build(output::add);
        assertThat(output).filteredOn(line -> line.endsWith(" CACHED")).hasSize(1);
        assertThat(client.images().list()).flatExtracting(ImageSummary::names).contains("p-web:latest");
    }
}

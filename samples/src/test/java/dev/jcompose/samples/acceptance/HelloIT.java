package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class HelloIT extends AcceptanceScenario {
    @BeforeEach
    void chooseTheSample() {
        jcompose = jcompose.file(Jcompose.HOME.resolve("samples/hello/compose.yaml"));
    }

    @Test
    void theReaderFindsTheWriterByNameAndReadsWhatItWrites() throws Exception {
        jcompose.ok("up", "-d");

        await().untilAsserted(() -> assertThat(jcompose.ok("logs", "--no-color", "reader"))
                .containsPattern("reader-1 +\\| writer is at [0-9.]+ +writer")
                .containsPattern("reader-1 +\\| hello from writer at "));
    }

    @Test
    void theEngineLeavesByItselfWhenNothingRuns() throws Exception {
        jcompose.ok("up", "-d");
        assertThat(jcompose.engines()).hasSize(1);

        jcompose.ok("down", "-v", "-t", "1");

        before.awaitNothingAdded();
    }

    @Test
    void upInTheForegroundPrintsTheLogsUntilItIsInterrupted() throws Exception {
        Jcompose.Running up = jcompose.start("up");
        await().untilAsserted(() -> assertThat(up.out()).containsPattern("reader-1 +\\| hello from writer"));

        up.interrupt();

        Jcompose.Result result = up.await();
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(130);
        assertThat(jcompose.ok("ps", "--services")).isEmpty();
        assertThat(jcompose.ok("ps", "-a", "--services")).contains("reader", "writer");
    }
}

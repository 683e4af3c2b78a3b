package dev.jcompose.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.Event;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimingReportTest {
    private static final Instant BEGIN = Instant.parse("2026-01-02T15:04:05Z");

    private final TimingReport report = new TimingReport();

    private void step(int id, String verb, String subject, long beganMillis, long endedMillis, String after) {
        report.on(new Event(
                BEGIN.plusMillis(endedMillis),
                Event.Resource.PROJECT,
                "p",
                subject,
                subject,
                Event.Action.TIMING,
                Event.Status.DONE,
                "",
                Map.of(
                        "step",
                        verb,
                        "began",
                        BEGIN.plusMillis(beganMillis).toString(),
                        "id",
                        "" + id,
                        "after",
                        after)));
    }

    @Test
    void theCriticalPathGoesBackOverWhatEachStepWaitedForLongest() {
        step(0, "Images", "p", 0, 10, "");
        step(2, "CreateContainer", "p-web-1", 30, 500, "1");
        step(1, "CreateNetwork", "p_default", 10, 30, "");
        step(3, "CreateContainer", "p-db-1", 30, 80, "1");
        step(4, "StartContainer", "p-db-1", 80, 100, "3");
        step(5, "AwaitService", "db", 100, 900, "4");
        step(6, "StartContainer", "p-web-1", 900, 950, "2,5");

        assertThat(report.text().lines())
                .containsExactly(
                        "BEGAN     TOOK      STEP               OF",
                        "0.000 s   0.010 s   images             p",
                        "0.010 s   0.020 s   create network     p_default",
                        "0.030 s   0.470 s   create container   p-web-1",
                        "0.030 s   0.050 s   create container   p-db-1",
                        "0.080 s   0.020 s   start container    p-db-1",
                        "0.100 s   0.800 s   await service      db",
                        "0.900 s   0.050 s   start container    p-web-1",
                        "",
                        "critical path: 0.950 s of 0.950 s",
                        "ENDED     TOOK      STEP               OF",
                        "0.010 s   0.010 s   images             p",
                        "0.030 s   0.020 s   create network     p_default",
                        "0.080 s   0.050 s   create container   p-db-1",
                        "0.100 s   0.020 s   start container    p-db-1",
                        "0.900 s   0.800 s   await service      db",
                        "0.950 s   0.050 s   start container    p-web-1");
    }

    @Test
    void forProgramsItIsAnObjectForEachStep() {
        step(1, "CreateNetwork", "p_default", 10, 30, "");
        step(2, "CreateContainer", "p-web-1", 30, 500, "1");
        step(3, "CreateContainer", "p-db-1", 31, 80, "1");

        assertThat(report.json().lines())
                .containsExactly(
                        "{\"id\":\"create network p_default\",\"status\":\"Done\",\"text\":\"Timing\",\"began\":0,"
                                + "\"took\":20,\"critical\":true}",
                        "{\"id\":\"create container p-web-1\",\"status\":\"Done\",\"text\":\"Timing\",\"began\":20,"
                                + "\"took\":470,\"critical\":true}",
                        "{\"id\":\"create container p-db-1\",\"status\":\"Done\",\"text\":\"Timing\",\"began\":21,"
                                + "\"took\":49,\"critical\":false}");
    }

    @Test
    void withoutStepsThereIsNothingToSay() {
        assertThat(report.text()).isEmpty();
        assertThat(report.json()).isEmpty();
    }
}

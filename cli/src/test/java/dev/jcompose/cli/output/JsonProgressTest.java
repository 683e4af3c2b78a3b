package dev.jcompose.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.FakeEngine;
import dev.jcompose.engine.api.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, UTF_8);

    @Test
    void anEventOfALayerHasItsImageAndItsBytes() {
        show(Event.Status.WORKING, Map.of("layer", "0123456789ab", "current", "1", "total", "3"));

        assertThat(bytes.toString(UTF_8))
                .isEqualTo("{\"id\":\"0123456789ab\",\"parent_id\":\"Image a:1\",\"status\":\"Working\","
                        + "\"text\":\"Pulling\",\"current\":1,\"total\":3,\"percent\":33}\n");
    }

    @Test
    void anEventThatCountsNothingHasNoNumbers() {
        show(Event.Status.DONE, Map.of("total", "0"));

        assertThat(bytes.toString(UTF_8))
                .isEqualTo("{\"id\":\"Image a:1\",\"status\":\"Done\",\"text\":\"Pulling\"}\n");
    }

    private void show(Event.Status status, Map<String, String> attributes) {
        new JsonProgress(out, false)
                .on(new Event(
                        FakeEngine.NOW,
                        Event.Resource.IMAGE,
                        "p",
                        "a:1",
                        "a:1",
                        Event.Action.PULLING,
                        status,
                        "",
                        attributes));
    }
}

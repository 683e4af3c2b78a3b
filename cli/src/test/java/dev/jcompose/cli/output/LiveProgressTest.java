package dev.jcompose.cli.output;

import static dev.jcompose.cli.FakeEngine.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.FakeEngine;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.engine.api.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LiveProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, UTF_8);
    private final Clock clock = Clock.fixed(FakeEngine.NOW, ZoneOffset.UTC);

    private LiveProgress progress(int rows, int columns) {
        return new LiveProgress(out, new Ansi(true), clock, "up", () -> new Terminal.Size(rows, columns));
    }

    private String written() {
        return bytes.toString(UTF_8);
    }

    @Test
    void drawsOverWhatItDrewBefore() {
        try (LiveProgress progress = progress(24, 80)) {
            progress.on(event("db", Event.Action.CREATING, Event.Status.WORKING));
            bytes.reset();
            progress.on(event("db", Event.Action.CREATED, Event.Status.DONE));

            assertThat(written()).isEqualTo("""
                            ~[?25l\r~[2A[+] up 1/1~[K
                             ~[32m✔~[0m Container db  ~[32mCreated~[0m      ~[34m0.0s~[0m~[K
                            ~[J~[?25h""".replace('~', '\u001b'));
        }
    }

    @Test
    void aWarningStaysAboveTheList() {
        try (LiveProgress progress = progress(24, 80)) {
            progress.on(event("db", Event.Action.CREATED, Event.Status.DONE));
            bytes.reset();
            progress.on(
                    event(Event.Resource.PROJECT, "shop", Event.Action.WARNING, Event.Status.WARNING, "Found orphans"));

            assertThat(written())
                    .startsWith("\u001b[?25l\r\u001b[2A\u001b[33m ! \u001b[0mFound orphans\u001b[K\n[+] up 1/1");
        }
    }

    @Test
    void whatDoesNotFitIsCountedAndAtTheEndAllIsShown() {
        try (LiveProgress progress = progress(6, 80)) {
            // The size is asked for on the first tick.
            for (int i = 0; i < 9; i++) {
                progress.on(event("c" + i, Event.Action.CREATING, Event.Status.WORKING));
            }
            Awaitility.await().until(() -> written().contains(" ... 6 more"));
            bytes.reset();
        }

        String last = written().substring(written().lastIndexOf("[+] up"));
        assertThat(last).contains("Container c0 ", "Container c8 ").doesNotContain("more");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        ProgressRow row = ProgressRow.of(
                "Container db",
                event(Event.Resource.CONTAINER, "db", "Error", Event.Status.ERROR, "x".repeat(200)),
                FakeEngine.NOW);

        String line = row.line(new Ansi(false), 20, 60, FakeEngine.NOW.plusMillis(1234));

        assertThat(line)
                .hasSizeLessThanOrEqualTo(60)
                .startsWith(" ✘ Container db")
                .endsWith("… 0.0s");
    }
}

package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.json.JsonObject;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A JSON object per event: {@code {"id":"Container p-web-1","status":"Working","text":"Creating"}}; docs/progress.md
 * has all members.
 */
final class JsonProgress implements Progress {
    /** The attribute of events that are about a layer of an image. */
    private static final String LAYER = "layer";

    private final PrintStream out;
    private final boolean dryRun;

    /** {@code dryRun} marks each event as one that does not really happen. */
    JsonProgress(PrintStream out, boolean dryRun) {
        this.out = out;
        this.dryRun = dryRun;
    }

    @Override
    public void on(Event event) {
        String status = event.status().name();
        String layer = event.attributes().getOrDefault(LAYER, "");
        JsonObject json = JsonObject.create().put("id", layer.isEmpty() ? EventText.subject(event) : layer);
        if (!layer.isEmpty()) {
            json.put("parent_id", EventText.subject(event));
        }
        json.put("status", status.charAt(0) + status.substring(1).toLowerCase(Locale.ROOT))
                .put("text", event.action());
        if (!event.detail().isEmpty()) {
            json.put("details", event.detail());
        }
        long current = EventText.current(event);
        long total = EventText.total(event);
        if (current >= 0) {
            json.put("current", current);
        }
        if (total > 0) {
            json.put("total", total);
            json.put("percent", Math.min(100, Math.max(0, current) * 100 / total));
        }
        print(json);
    }

    @Override
    public void say(String text) {
        print(JsonObject.create().put("id", "Compose").put("status", "Working").put("text", text));
    }

    private synchronized void print(JsonObject json) {
        if (dryRun) {
            json.put("dry-run", true);
        }
        out.println(json);
        out.flush();
    }

    @Override
    public void close() {}
}

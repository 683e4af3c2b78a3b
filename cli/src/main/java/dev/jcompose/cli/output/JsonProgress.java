package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.json.JsonObject;
import java.io.PrintStream;
import java.util.Locale;

/** A JSON object per event: {@code {"id":"Container p-web-1","status":"Working","text":"Creating"}}. */
final class JsonProgress implements Progress {
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
        JsonObject json = JsonObject.create()
                .put("id", LayerProgress.isLayer(event) ? LayerProgress.layer(event) : EventText.subject(event))
                .put("status", status.charAt(0) + status.substring(1).toLowerCase(Locale.ROOT))
                .put("text", event.action());
        if (LayerProgress.isLayer(event)) {
            json.put("parent_id", EventText.subject(event));
            if (LayerProgress.total(event) > 0) {
                json.put("current", LayerProgress.current(event))
                        .put("total", LayerProgress.total(event))
                        .put("percent", LayerProgress.current(event) * 100 / LayerProgress.total(event));
            }
        }
        String output = EventText.output(event);
        if (output != null) {
            json.put("details", output);
        } else if (!event.detail().isEmpty()) {
            json.put("details", event.detail());
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

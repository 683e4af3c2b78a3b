package dev.jcompose.engine.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What users should know, and nobody was there to be told: whoever gives the next command is. Thread-safe. */
public final class Notices {
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();

    /** Keeps one for later. */
    public void add(String notice) {
        waiting.add(notice);
    }

    /** Takes all that wait, the oldest first. */
    public List<String> take() {
        List<String> taken = new ArrayList<>();
        for (String notice = waiting.poll(); notice != null; notice = waiting.poll()) {
            taken.add(notice);
        }
        return taken;
    }
}

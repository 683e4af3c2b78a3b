package dev.jcompose.engine.container;

import java.util.ArrayList;
import java.util.List;

/** Who is at a container's streams, and what has to wait until they have left. Thread-safe. */
public final class Clients {
    private final List<Runnable> afterwards = new ArrayList<>();
    private int present;

    Clients() {}

    /** One has come. */
    public synchronized void enter() {
        present++;
    }

    /** One has left, of those that came. */
    public void leave() {
        List<Runnable> due;
        synchronized (this) {
            present--;
            if (present > 0) {
                return;
            }
            due = List.copyOf(afterwards);
            afterwards.clear();
        }
        due.forEach(Runnable::run);
    }

    /** Calls {@code action} when nobody is there: now, or on the thread of the last who leaves. */
    public void whenGone(Runnable action) {
        synchronized (this) {
            if (present > 0) {
                afterwards.add(action);
                return;
            }
        }
        action.run();
    }
}

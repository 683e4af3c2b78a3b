package dev.jcompose.samples.notes;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Notes of one test; all written at the start of 2026. */
final class MemoryNotes implements Notes {
    static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");

    private final Deque<Note> notes = new ArrayDeque<>();
    private boolean broken;

    /** From now on every call fails, as when the database is gone. */
    void breakDown() {
        broken = true;
    }

    @Override
    public synchronized List<Note> latest() throws SQLException {
        check();
        return List.copyOf(notes);
    }

    @Override
    public synchronized void add(String text) throws SQLException {
        check();
        notes.addFirst(new Note(WRITTEN, text));
    }

    @Override
    public void check() throws SQLException {
        if (broken) {
            throw new SQLException("the test has broken the database");
        }
    }
}

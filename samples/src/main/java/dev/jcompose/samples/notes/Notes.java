package dev.jcompose.samples.notes;

import java.sql.SQLException;
import java.util.List;

/** Where the notes are kept. May be called by several threads. */
public interface Notes {

    /** The last notes, newest first. */
    List<Note> latest() throws SQLException;

    /** Keeps a note; it is written now. */
    void add(String text) throws SQLException;

    /** Does as little as shows that notes could be read. */
    void check() throws SQLException;
}

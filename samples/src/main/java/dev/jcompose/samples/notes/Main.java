package dev.jcompose.samples.notes;

import java.io.IOException;
import java.sql.SQLException;

/** Starts the web application; the settings come from the environment. */
public final class Main {
    private Main() {}

    /** Runs until the process gets a signal to stop. */
    public static void main(String[] args) throws IOException, SQLException {
        Settings settings = Settings.of(System.getenv());
        var notes = new PostgresNotes(settings);
        notes.createTable();
        @SuppressWarnings("resource") // open as long as the process lives
        var server = new NotesServer(notes, settings.port());
        server.start();
        System.out.println("listening on port " + server.port() + ", notes in " + settings.url());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopping"), "goodbye"));
    }
}

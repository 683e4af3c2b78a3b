package dev.jcompose.samples.notes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Notes in a table of a PostgreSQL database. Each call connects anew, so a restart of the database needs no care. */
final class PostgresNotes implements Notes {
    private static final int SHOWN = 100;

    private final Settings settings;

    PostgresNotes(Settings settings) {
        this.settings = settings;
    }

    /** Makes the table unless it is there. */
    void createTable() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS note (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        written timestamptz NOT NULL DEFAULT now(),
                        text text NOT NULL)
                    """);
        }
    }

    @Override
    public List<Note> latest() throws SQLException {
        try (var connection = connect();
                var statement =
                        connection.prepareStatement("SELECT written, text FROM note ORDER BY id DESC LIMIT ?")) {
            statement.setInt(1, SHOWN);
            try (var rows = statement.executeQuery()) {
                List<Note> notes = new ArrayList<>();
                while (rows.next()) {
                    notes.add(new Note(rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getString(2)));
                }
                return notes;
            }
        }
    }

    @Override
    public void add(String text) throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("INSERT INTO note (text) VALUES (?)")) {
            statement.setString(1, text);
            statement.executeUpdate();
        }
    }

    @Override
    public void check() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT 1")) {
            rows.next();
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        return DriverManager.getConnection(settings.url(), properties);
    }
}

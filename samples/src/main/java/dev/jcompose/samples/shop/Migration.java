package dev.jcompose.samples.shop;

import java.sql.SQLException;

/** Brings the database's schema up to date, once, before the services that need it start. Repeating it is harmless. */
final class Migration {
    private Migration() {}

    static void run(Database database) throws SQLException {
        database.update("CREATE TABLE IF NOT EXISTS item (name text PRIMARY KEY, cents int NOT NULL)");
        database.update("""
                CREATE TABLE IF NOT EXISTS purchase (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    item text NOT NULL REFERENCES item,
                    state text NOT NULL DEFAULT 'new')
                """);
        database.update("INSERT INTO item VALUES ('tea', 450), ('coffee', 620), ('cocoa', 580) ON CONFLICT DO NOTHING");
        System.out.println("the schema is up to date");
    }
}

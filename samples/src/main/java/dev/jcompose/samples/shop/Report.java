package dev.jcompose.samples.shop;

import java.sql.SQLException;

/** Prints how many orders there are, by state. */
final class Report {
    private Report() {}

    static void print(Database database) throws SQLException {
        database.query(
                        "SELECT state, count(*) FROM purchase GROUP BY state ORDER BY state",
                        row -> row.getString(1) + " " + row.getLong(2))
                .forEach(System.out::println);
    }
}

package dev.jcompose.samples.shop;

import java.sql.SQLException;
import java.time.Duration;

/** Ships what has been ordered, and tells the journal. */
final class Worker {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Database database;
    private final String journal;
    private final WebClient client = new WebClient();

    Worker(Database database, Settings settings) {
        this.database = database;
        this.journal = settings.required("JOURNAL_URL");
    }

    void run() throws Exception {
        System.out.println("worker waits for orders");
        while (true) {
            try {
                for (String order : database.query(
                        "SELECT id, item FROM purchase WHERE state = 'new' ORDER BY id",
                        row -> row.getLong(1) + " " + row.getString(2))) {
                    ship(order);
                }
            } catch (SQLException e) {
                System.err.println("the database does not answer: " + e.getMessage());
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void ship(String order) throws Exception {
        String id = order.substring(0, order.indexOf(' '));
        database.update("UPDATE purchase SET state = 'shipped' WHERE id = ?::bigint AND state = 'new'", id);
        client.ask("POST", journal + "/", "shipped " + order);
    }
}

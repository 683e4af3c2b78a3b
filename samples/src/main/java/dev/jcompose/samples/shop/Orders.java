package dev.jcompose.samples.shop;

import dev.jcompose.samples.shop.Endpoint.Answer;
import java.sql.SQLException;
import java.util.Map;

/** {@code POST /orders} with the name of an item orders it; {@code GET /orders} lists all orders. */
final class Orders {
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Database database;

    Orders(Database database) {
        this.database = database;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of(
                "/orders",
                request -> request.method().equals("POST") ? add(request.body().strip()) : list());
    }

    private Answer add(String item) throws SQLException {
        try {
            database.update("INSERT INTO purchase (item) VALUES (?)", item);
            return Answer.none(201);
        } catch (SQLException e) {
            if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
                return new Answer(400, "text/plain", "there is no item \"" + item + "\"\n");
            }
            throw e;
        }
    }

    private Answer list() throws SQLException {
        return Answer.text(String.join(
                "",
                database.query(
                        "SELECT id, item, state FROM purchase ORDER BY id",
                        row -> row.getLong(1) + " " + row.getString(2) + " " + row.getString(3) + "\n")));
    }
}

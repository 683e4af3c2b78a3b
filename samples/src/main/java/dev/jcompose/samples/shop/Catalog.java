package dev.jcompose.samples.shop;

import dev.jcompose.samples.shop.Endpoint.Answer;
import java.net.InetAddress;
import java.util.Map;

/**
 * What there is to buy, {@code GET /items}: from the cache, else from the database. Says which replica has answered.
 */
final class Catalog {
    private final Database database;
    private final String cache;
    private final WebClient client = new WebClient();

    Catalog(Database database, Settings settings) {
        this.database = database;
        this.cache = settings.required("CACHE_URL") + "/items";
    }

    Map<String, Endpoint> endpoints() {
        return Map.of(
                "/items",
                request -> Answer.text("served by " + InetAddress.getLocalHost().getHostName() + "\n" + items()));
    }

    private String items() throws Exception {
        Answer cached = client.ask("GET", cache, "");
        if (cached.status() == 200) {
            return cached.body();
        }
        String items = String.join(
                        "\n",
                        database.query(
                                "SELECT name, cents FROM item ORDER BY name",
                                row -> row.getString(1)
                                        + " %d.%02d".formatted(row.getInt(2) / 100, row.getInt(2) % 100)))
                + "\n";
        client.ask("PUT", cache, items);
        return items;
    }
}

package dev.jcompose.samples.shop;

import dev.jcompose.samples.shop.Endpoint.Answer;
import java.util.Map;

/** The page, {@code GET /}. */
final class Web {
    private final WebClient client = new WebClient();
    private final String catalog;
    private final String orders;

    Web(Settings settings) {
        this.catalog = settings.required("CATALOG_URL");
        this.orders = settings.required("ORDERS_URL");
    }

    Map<String, Endpoint> endpoints() {
        return Map.of(
                "/",
                request -> Answer.html("""
                        <!doctype html><title>Shop</title>
                        <h1>Shop</h1><pre>%s</pre>
                        <h2>Orders</h2><pre>%s</pre>
                        """.formatted(
                        escaped(client.ask("GET", catalog + "/items", "").body()),
                        escaped(client.ask("GET", orders + "/orders", "").body()))));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}

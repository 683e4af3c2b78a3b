package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresRoot
class ShopIT extends AcceptanceScenario {
    private static final String ADDRESS = "http://localhost:8081";

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void chooseTheSample() {
        jcompose = jcompose.file(Jcompose.HOME.resolve("samples/shop/compose.yaml"));
    }

    @Test
    void anOrderGoesThroughAllServicesAndTheCatalogScales() throws Exception {
        jcompose.ok("up", "-d");
        assertThat(jcompose.ok("ps", "-a", "--format", "{{.Name}} {{.State}} {{.ExitCode}}")
                        .lines())
                .contains("shop-migrate-1 exited 0", "shop-catalog-1 running 0", "shop-catalog-2 running 0")
                .noneMatch(line -> line.contains("report"));
        // Nobody depends on the proxy, so nobody waits until it listens.
        await().ignoreExceptions().untilAsserted(() -> assertThat(get("/")).contains("<h1>Shop</h1>", "tea 4.50"));

        assertThat(post("/orders", "tea")).isEqualTo(201);
        assertThat(post("/orders", "gold")).isEqualTo(400);

        await().untilAsserted(() -> assertThat(get("/orders")).isEqualTo("1 tea shipped\n"));
        // The journal hears of it a little later than the database.
        await().untilAsserted(() ->
                assertThat(jcompose.ok("logs", "--no-color", "journal")).contains("shipped 1 tea"));
        assertThat(jcompose.ok("run", "--rm", "-T", "report")).contains("shipped 1");

        jcompose.ok("up", "-d", "--scale", "catalog=3", "--no-recreate");
        Set<String> replicas = new HashSet<>();
        await().untilAsserted(() -> {
            replicas.add(get("/items").lines().findFirst().orElse(""));
            assertThat(replicas).hasSizeGreaterThan(1);
        });
        assertThat(jcompose.ok("exec", "-T", "catalog", "sh", "-c", "cat /run/secrets/db_password"))
                .isEqualTo("open sesame");
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(ADDRESS + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private int post(String path, String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(ADDRESS + path))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}

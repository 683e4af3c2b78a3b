package dev.jcompose.samples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The sample with a database, from a browser's and a terminal's side. */
@RequiresRoot
@EnabledIf(value = "isPostgresqlHere", disabledReason = "there is no PostgreSQL for this machine")
class WebDbIT extends AcceptanceScenario {
    private static final URI PAGE = URI.create("http://localhost:8080/");

    private final HttpClient client = HttpClient.newHttpClient();

    static boolean isPostgresqlHere() {
        return Files.exists(Path.of("target/postgresql/bin/postgres"));
    }

    @BeforeEach
    void chooseTheSample() {
        jcompose = jcompose.file(Jcompose.HOME.resolve("samples/web-db/compose.yaml"));
    }

    @Test
    void aNoteSurvivesDownAndUpButNotTheRemovalOfVolumes() throws Exception {
        up();
        addNote("Grüße <from> the first up");
        assertThat(page()).contains("Grüße &lt;from&gt; the first up");

        jcompose.ok("down");
        up();
        assertThat(page()).contains("Grüße &lt;from&gt; the first up");

        jcompose.ok("down", "-v");
        up();
        assertThat(page()).contains("There are no notes yet");
    }

    @Test
    void servicesFindEachOtherByNameThroughTheDnsOfTheirNetwork() throws Exception {
        up();

        String resolved = jcompose.ok("exec", "-T", "web", "getent", "hosts", "db");
        String address = jcompose.ok("exec", "-T", "db", "sh", "-c", "getent hosts $(uname -n)");

        assertThat(resolved).matches("[0-9.]+\\s+db.*\n");
        assertThat(resolved.split("\\s+")[0]).isEqualTo(address.split("\\s+")[0]);
        assertThat(jcompose.ok("exec", "-T", "web", "cat", "/etc/resolv.conf")).contains("nameserver 127.0.0.11");
    }

    @Test
    void execGivesTheCommandsExitCode() throws Exception {
        up();

        assertThat(jcompose.run("exec", "-T", "web", "sh", "-c", "exit 7").exitCode())
                .isEqualTo(7);
        assertThat(jcompose.run("exec", "-T", "nobody", "true"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1))
                .satisfies(result -> assertThat(result.err()).contains("nobody"));
    }

    @Test
    void psShowsBothHealthyAndTheDatabaseRunsAsItsOwnUser() throws Exception {
        up();

        await().untilAsserted(() -> assertThat(jcompose.ok("ps"))
                .containsPattern("web-db-db-1 .*\\(healthy\\)")
                .containsPattern("web-db-web-1 .*\\(healthy\\).*0\\.0\\.0\\.0:8080->8080/tcp"));
        assertThat(jcompose.ok("exec", "-T", "db", "sh", "-c", "grep ^Uid: /proc/1/status"))
                .contains("5432");
    }

    @Test
    void stopAndStartKeepWhatWasWritten() throws Exception {
        up();
        addNote("before the stop");

        jcompose.ok("stop");
        assertThat(jcompose.ok("ps", "--services")).isEmpty();
        jcompose.ok("start");

        await().ignoreExceptions().untilAsserted(() -> assertThat(page()).contains("before the stop"));
    }

    @Test
    void aSecondUpChangesNothing() throws Exception {
        up();
        String first = jcompose.ok("ps", "-q");

        up();

        assertThat(jcompose.ok("ps", "-q")).isEqualTo(first);
    }

    @Test
    void theStackOutlivesAKilledEngine() throws Exception {
        up();
        addNote("before the kill");

        jcompose.killEngine();

        assertThat(page()).contains("before the kill");
        assertThat(jcompose.ok("ps")).contains("web-db-db-1", "web-db-web-1").containsPattern("Up ");
        addNote("after the kill");
        assertThat(page()).contains("after the kill");
    }

    /** Web is published as soon as it runs, and listens a little later. */
    private void up() throws IOException, InterruptedException {
        jcompose.ok("up", "-d");
        await().ignoreExceptions().untilAsserted(() -> assertThat(page()).contains("<h1>Notes</h1>"));
    }

    private String page() throws IOException, InterruptedException {
        var response = client.send(HttpRequest.newBuilder(PAGE).build(), BodyHandlers.ofString(UTF_8));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private void addNote(String note) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(PAGE.resolve("notes"))
                .POST(BodyPublishers.ofString("text=" + URLEncoder.encode(note, UTF_8)))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(303);
    }
}

package dev.jcompose.samples.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotesServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final MemoryNotes notes = new MemoryNotes();
    private NotesServer server;

    @BeforeEach
    void start() throws IOException {
        server = new NotesServer(notes, 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsAPageWithoutNotesAtFirst() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("There are no notes yet");
    }

    @Test
    void leadsBackToThePageAfterANoteIsPosted() throws Exception {
        HttpResponse<String> answer = post("text=" + URLEncoder.encode("Grüße, 世界 & more", UTF_8));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
        assertThat(get("/").body()).contains("Grüße, 世界 &amp; more").doesNotContain("no notes yet");
    }

    @Test
    void showsMarkupInANoteAsText() throws Exception {
        post("text=" + URLEncoder.encode("<script>alert('x')</script>", UTF_8));

        assertThat(get("/").body())
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void keepsANoteOfTheGreatestLength() throws Exception {
        HttpResponse<String> answer = post("text=" + URLEncoder.encode("世".repeat(1000), UTF_8));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(notes.latest()).containsExactly(new Note(MemoryNotes.WRITTEN, "世".repeat(1000)));
    }

    @Test
    void refusesANoteThatIsTooLong() throws Exception {
        assertThat(post("text=" + "x".repeat(1001)).statusCode()).isEqualTo(413);
        assertThat(post("text=" + "x".repeat(50_000)).statusCode()).isEqualTo(413);
        assertThat(notes.latest()).isEmpty();
    }

    @Test
    void refusesANoteWithoutText() throws Exception {
        assertThat(post("text=+%0A").statusCode()).isEqualTo(400);
        assertThat(post("other=x").statusCode()).isEqualTo(400);
        assertThat(post("text=a%00b").statusCode()).isEqualTo(400);
        assertThat(notes.latest()).isEmpty();
    }

    @Test
    void isHealthyOnlyWithADatabase() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);

        notes.breakDown();

        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/").statusCode()).isEqualTo(503);
        assertThat(post("text=x").statusCode()).isEqualTo(503);
    }

    @Test
    void knowsNoOtherPagesAndMethods() throws Exception {
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/notes").statusCode()).isEqualTo(405);
        assertThat(get("/notes").headers().firstValue("Allow")).contains("POST");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString(UTF_8));
    }

    private HttpResponse<String> post(String form) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri("/notes"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString(UTF_8));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}

package dev.jcompose.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.json.JsonObject;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerApiTest {
    @TempDir
    private Path directory;

    private ServedEngine served;
    private final ContainerSummary db = FakeEngine.container("db", "running");
    private final ContainerSummary web = FakeEngine.container("web", "exited");

    @BeforeEach
    void serve() throws Exception {
        served = new ServedEngine(directory);
        served.engine.containers = List.of(db, web);
    }

    @AfterEach
    void stop() throws Exception {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_ping", "/v1.24/_ping", "/v1.99/_ping"})
    void anyVersionOfTheApiIsAccepted(String target) throws Exception {
        ServedEngine.Answer answer = served.ask("GET", target);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).containsIgnoringCase("api-version: 1.44");
        assertThat(answer.body()).isEqualTo("OK");
    }

    @Test
    void headOfPingHasNoBody() throws Exception {
        assertThat(served.ask("HEAD", "/_ping").body()).isEmpty();
    }

    @Test
    void versionAndInfoHaveWhatClientsLookFor() throws Exception {
        assertThat(served.ask("GET", "/version").body())
                .contains("\"ApiVersion\":\"1.44\"", "\"OwnVersion\":\"0.1.0\"");
        assertThat(served.ask("GET", "/info").body())
                .contains("\"OSType\":\"linux\"", "\"ServerVersion\":\"25.0.0+jcompose-0.1.0\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                             | db",
                "all=1                                        | db web",
                "all=yes                                      | db web",
                "all=False                                    | db",
                "all=none                                     | db",
                "filters={\"status\":[\"exited\"]}            | web",
                "all=true&filters={\"name\":{\"web\":true}}   | web",
                "filters={\"label\":[\"com.docker.compose.project=shop\"]} | db",
                "filters={\"label\":[\"com.docker.compose.project=x\"]}    | ''"
            })
    void containersCanBeFiltered(String query, String expected) throws Exception {
        String encoded = query == null ? "" : query.replaceFirst("filters=(.*)", "filters=");
        if (query != null && query.contains("filters=")) {
            encoded += URLEncoder.encode(query.replaceFirst(".*filters=", ""), UTF_8);
        }

        String body = served.ask("GET", "/v1.44/containers/json?" + encoded).body();

        List<String> names = JsonObject.parseAll(body).stream()
                .map(container -> container.strings("Names").get(0))
                .toList();
        assertThat(String.join(" ", names)).isEqualTo(expected.replaceAll("\\b(\\w+)\\b", "/shop-$1-1"));
    }

    @Test
    void anUnknownFilterIsRefused() throws Exception {
        ServedEngine.Answer answer =
                served.ask("GET", "/containers/json?filters=" + URLEncoder.encode("{\"colour\":[\"red\"]}", UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\":\"invalid filter 'colour'\"");
    }

    @Test
    void aContainerIsFoundByNameIdAndBeginningOfItsId() throws Exception {
        for (String reference : List.of("shop-db-1", db.id(), db.id().substring(0, 12))) {
            JsonObject json = JsonObject.parse(
                    served.ask("GET", "/containers/" + reference + "/json").body());
            assertThat(json.string("Name")).isEqualTo("/shop-db-1");
        }
    }

    @Test
    void anUnknownContainerIs404AndAnUnknownPageToo() throws Exception {
        assertThat(served.ask("GET", "/containers/nope/json").status()).isEqualTo(404);
        assertThat(served.ask("GET", "/nope").body()).contains("\"message\":\"page not found\"");
    }

    @Test
    void logsAreFramedPerLine() throws Exception {
        served.engine.logs = (request, listener) -> {
            listener.on(new LogEntry("db-1", LogEntry.Source.STDOUT, FakeEngine.TIME, "one".getBytes(UTF_8)));
            listener.on(new LogEntry("db-1", LogEntry.Source.STDERR, FakeEngine.TIME, "two".getBytes(UTF_8)));
        };

        ServedEngine.Answer answer =
                served.ask("GET", "/containers/shop-db-1/logs?stdout=1&stderr=1&tail=5&since=1767366245.5");

        assertThat(answer.body()).contains("\1\0\0\0\0\0\0\4one\n\2\0\0\0\0\0\0\4two\n");
        assertThat(served.engine.requests)
                .containsExactly(new LogsRequest(
                        "shop",
                        Set.of("db"),
                        false,
                        5,
                        java.time.Instant.ofEpochSecond(1767366245, 500_000_000),
                        null,
                        1));
    }

    @Test
    void whatIsDoneToAContainerReachesTheEngineAndSaysWhenThereIsNothingToDo() throws Exception {
        assertThat(served.ask("POST", "/containers/shop-db-1/stop?t=3").status())
                .isEqualTo(204);
        assertThat(served.ask("POST", "/containers/shop-web-1/stop").status()).isEqualTo(304);
        assertThat(served.ask("POST", "/containers/shop-db-1/start").status()).isEqualTo(304);
        assertThat(served.ask("POST", "/containers/shop-db-1/restart?t=-1").status())
                .isEqualTo(204);
        assertThat(served.ask("POST", "/containers/shop-db-1/kill").status()).isEqualTo(204);
        assertThat(served.ask("POST", "/containers/shop-db-1/kill?signal=HUP").status())
                .isEqualTo(204);
        assertThat(served.ask("POST", "/containers/shop-db-1/pause").status()).isEqualTo(204);
        assertThat(served.ask("POST", "/containers/shop-db-1/unpause").status()).isEqualTo(409);
        assertThat(served.ask("POST", "/containers/shop-db-1/wait?condition=removed")
                        .body())
                .isEqualTo("{\"StatusCode\":3}\n");
        assertThat(served.ask("DELETE", "/containers/shop-db-1?force=1&v=true").status())
                .isEqualTo(204);

        assertThat(served.engine.requests)
                .containsExactly(
                        "stop 3 db01",
                        "stop null web0",
                        "start db01",
                        "restart null db01",
                        "kill SIGKILL db01",
                        "kill HUP db01",
                        "pause db01",
                        "wait removed db01",
                        "remove true true db01");
    }

    @Test
    void aWaitForAContainerThatGoesJustThenIsAnsweredLikeOneThatHasGone() throws Exception {
        served.engine.removed = Set.of(db.id());

        assertThat(served.ask("POST", "/containers/shop-db-1/wait?condition=removed")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void eventsAreInDockersWords() throws Exception {
        served.engine.operation = (request, listener) -> {
            listener.on(FakeEngine.event(Event.Action.STARTING, Event.Status.WORKING));
            listener.on(FakeEngine.event(Event.Action.STARTED, Event.Status.DONE));
        };

        String body = served.ask("GET", "/events").body();

        assertThat(body)
                .contains(
                        "{\"status\":\"start\",\"id\":\"0123\",\"from\":\"\",\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"0123\",\"Attributes\":"
                                + "{\"service\":\"db\",\"name\":\"shop-db-1\"}}")
                .doesNotContain("Starting");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/compose/events"})
    void eventsAreNotPromisedBeforeTheyAreListenedTo(String page) throws Exception {
        served.engine.beforeEvents = () -> {
            throw new EngineException(EngineException.Kind.CONFLICT, "cannot listen");
        };

        ServedEngine.Answer answer = served.ask("GET", page);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("cannot listen");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':['container']}                              | create, health_status: healthy",
                "{'type':['network']}                                | network",
                "{'event':['health_status']}                         | health_status: healthy",
                "{'event':['health_status: healthy','die']}          | health_status: healthy",
                "{'event':{'create':true},'container':['shop-db']}   | create",
                "{'container':['other']}                             | ``",
                "{'network':['shop_def']}                            | network",
                "{'image':['postgres']}                              | create, health_status: healthy",
                "{'image':['postg']}                                 | ``",
                "{'label':['tier=back','app']}                       | create, health_status: healthy",
                "{'label':['tier=front']}                            | ``",
            })
    void eventsAreFiltered(String filters, String expected) throws Exception {
        Map<String, String> labels = Map.of("image", "postgres:17", "tier", "back", "app", "shop", "exitCode", "0");
        served.engine.operation = (request, listener) -> {
            Events events = new Events("shop", Clock.systemUTC(), listener);
            events.container("0123", "shop-db-1", Event.Action.CREATED, Event.Status.DONE, "", labels);
            events.container("0123", "shop-db-1", Event.Action.HEALTHY, Event.Status.DONE, "", labels);
            events.resource(Event.Resource.NETWORK, "shop_default", Event.Action.CREATED, Event.Status.DONE, "");
        };

        String body = served.ask("GET", "/events?filters=" + encoded(filters.replace('\'', '"')))
                .body();

        assertThat(body.lines()
                        .map(JsonObject::parse)
                        .map(event -> event.string("Type").equals("container")
                                ? event.string("Action")
                                : event.string("Type"))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }

    @Test
    void aFilterOfEventsThatIsNoneIsRefused() throws Exception {
        var answer = served.ask("GET", "/events?filters=" + encoded("{\"colour\":[\"red\"]}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid filter 'colour'");
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, UTF_8);
    }

    @Test
    void aKeptConnectionServesOneRequestAfterTheOther() throws Exception {
        ByteBuffer answer = ByteBuffer.allocate(4096);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(served.socket))) {
            for (int i = 0; i < 50; i++) {
                channel.write(UTF_8.encode("GET /_ping HTTP/1.1\r\nHost: x\r\n\r\n"));
                answer.clear();
                do {
                    assertThat(channel.read(answer)).isPositive();
                } while (!UTF_8.decode(answer.duplicate().flip()).toString().endsWith("OK"));
            }
        }
    }

    @Test
    void imagesAreLoadedFromAChunkedBody() throws Exception {
        String answer = served.raw("""
                POST /images/load HTTP/1.1
                Host: x
                Connection: close
                Transfer-Encoding: chunked

                3
                abc
                0

                """.replace("\n", "\r\n"));

        assertThat(answer).contains("Loaded image: postgres:17");
        assertThat(served.engine.loadedBytes).isEqualTo(3);
    }

    @Test
    void nonsenseIsAnsweredWith400() throws Exception {
        assertThat(served.raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(served.ask("POST", "/compose/up", "{").status()).isEqualTo(400);
        assertThat(served.ask("POST", "/compose/up", "{}").body()).contains("\\\"project\\\" is missing");
    }
}

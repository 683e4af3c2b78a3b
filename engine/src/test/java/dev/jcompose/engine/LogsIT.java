package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@RequiresRoot
class LogsIT extends EngineScenario {
    private final List<LogEntry> read = new CopyOnWriteArrayList<>();

    @Test
    void followingGoesOnThroughARestartAndEndsWithTheLastContainer() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'echo begin; sleep 0.1; echo end >&2; exit 2'
                    restart: on-failure:1
                """);
        CompletableFuture<Void> following = CompletableFuture.runAsync(() -> read(true, null, null));
        following.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(texts("STDOUT")).containsExactly("begin", "begin");
        assertThat(texts("STDERR")).containsExactly("end", "end");
        assertThat(texts("ENGINE")).last().isEqualTo("exited with code 2");
    }

    @Test
    void theLastLinesOfEachContainerAreWhatTailGives() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, command: seq 1 1000}
                  db: {image: localhost/host, command: seq 2001 3000}
                """);
        await().until(() -> engine().logs().size() == 2000);
        read(false, 3, null);
        assertThat(of("web-1")).containsExactly("998", "999", "1000");
        assertThat(of("db-1")).containsExactly("2998", "2999", "3000");
        read.clear();
        read(false, 0, null);
        assertThat(read).isEmpty();
    }

    @Test
    void onlyWhatCameSinceATimeIsGiven() throws Exception {
        up(
                "services:\n  web: {image: localhost/host, command: sh -c 'echo old; sleep 0.3; echo new; exec sleep 1000'}\n");
        await().until(() -> engine().logs().size() == 2);
        read(false, null, null);
        Instant old = read.get(0).time();
        read.clear();
        read(false, null, old.plus(Duration.ofMillis(100)));
        assertThat(texts("STDOUT")).containsExactly("new");
    }

    @Test
    void aContainerThatStartsLaterIsFollowedToo() throws Exception {
        String one = "services:\n  web: {image: localhost/host, command: sh -c 'echo one; exec sleep 1000'}\n";
        up(one);
        CompletableFuture<Void> following = CompletableFuture.runAsync(() -> read(true, null, null));
        await().until(() -> of("web-1").contains("one"));
        up(one + "  late: {image: localhost/host, command: sh -c 'echo two'}\n");
        await().until(() -> of("late-1").contains("two"));
        engine().down();
        following.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(texts("ENGINE")).contains("exited with code 0", "exited with code 137");
    }

    @Test
    void longLinesAndALastLineWithoutItsEndAreWhole() throws Exception {
        up(
                "services:\n  web: {image: localhost/host, command: sh -c 'head -c 300000 /dev/zero | tr \"\\\\0\" x; echo; printf rest'}\n");
        await().untilAsserted(() -> {
            read.clear();
            read(false, null, null);
            String all = String.join("", of("web-1"));
            assertThat(all).hasSize(300_004).endsWith("xrest");
        });
    }

    @Test
    void whatIsWrittenWhileNoEngineRunsIsReadByTheNextOne() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: bash -c 'for i in {1..200}; do echo $$i; sleep 0.01; done; exec sleep 1000'
                """);
        await().until(() -> engine().logs().size() > 5);
        killEngine();
        startAnotherEngine();
        await().until(() -> engine().logs().contains("web-1 STDOUT 200"));
        assertThat(engine().logs())
                .isEqualTo(IntStream.rangeClosed(1, 200)
                        .mapToObj(i -> "web-1 STDOUT " + i)
                        .toList());
    }

    private void read(boolean follow, @Nullable Integer tail, @Nullable Instant since) {
        engine().engine().logs(new LogsRequest("p", Set.of(), follow, tail, since, null, null), read::add);
    }

    private List<String> texts(String source) {
        return read.stream()
                .filter(entry -> entry.source().name().equals(source))
                .map(entry -> new String(entry.text(), UTF_8))
                .toList();
    }

    private List<String> of(String container) {
        return read.stream()
                .filter(entry -> entry.container().equals(container) && entry.source() != LogEntry.Source.ENGINE)
                .map(entry -> new String(entry.text(), UTF_8))
                .toList();
    }
}

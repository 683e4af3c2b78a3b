package dev.jcompose.samples.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person sees who reads what the services print. */
@RequiresRoot
class ReadingLogsIT extends AcceptanceScenario {
    @Test
    void followingGoesOnWhileTheContainerIsMadeAnewAndRestarted() throws Exception {
        write("""
                name: follow
                services:
                  ticker:
                    image: localhost/host
                    command: bash -c 'for ((i = 0;; i++)); do echo "$$HOSTNAME $$i"; sleep 0.005; done'
                    stop_grace_period: 0s
                """);
        jcompose.ok("up", "-d");
        Jcompose.Running logs = jcompose.start("logs", "-f", "--no-log-prefix", "ticker");
        await().untilAsserted(() -> assertThat(runs(logs.out())).hasSize(1));
        String first = jcompose.ok("ps", "-q").substring(0, 12);
        jcompose.ok("up", "-d", "--force-recreate");
        await().untilAsserted(() -> assertThat(runs(logs.out())).hasSize(2));
        jcompose.ok("restart");
        await().untilAsserted(() -> assertThat(runs(logs.out())).hasSize(3));
        String second = jcompose.ok("ps", "-q").substring(0, 12);
        jcompose.ok("down");

        Jcompose.Result end = logs.await();
        assertThat(end.exitCode()).isZero();
        List<List<String>> runs = runs(end.out());
        assertThat(runs).hasSize(3);
        List<String> hosts = List.of(first, second, second);
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i);
            assertThat(runs.get(i))
                    .containsExactlyElementsOf(IntStream.range(0, runs.get(i).size())
                            .mapToObj(line -> host + " " + line)
                            .toList());
        }
    }

    /** The lines of each run: it begins with number 0. What the engine says is left out. */
    private static List<List<String>> runs(String out) {
        List<List<String>> runs = new ArrayList<>();
        for (String line : out.lines().toList()) {
            if (line.matches("[0-9a-f]{12} 0")) {
                runs.add(new ArrayList<>());
            }
            if (line.matches("[0-9a-f]{12} \\d+")) {
                runs.get(runs.size() - 1).add(line);
            }
        }
        return runs;
    }

    @Test
    void linesOfServicesComeInTheOrderOfTheirTimesAndCanBeChosenByThem() throws Exception {
        write("""
                name: order
                x-turns: &turns {image: localhost/host, volumes: ["turns:/turns"]}
                services:
                  odd: {<<: *turns, command: "bash -c 'for ((i = 1; i < 20; i += 2)); do until [ -e /turns/$$i ]; do sleep 0.005; done; echo $$i; sleep 0.1; touch /turns/$$((i + 1)); done'"}
                  even: {<<: *turns, command: "bash -c 'touch /turns/1; for ((i = 2; i <= 20; i += 2)); do until [ -e /turns/$$i ]; do sleep 0.005; done; echo $$i >&2; sleep 0.1; touch /turns/$$((i + 1)); done'"}
                volumes: {turns: {}}
                """);
        jcompose.ok("up", "-d");
        awaitEnd();
        String both = lines("logs", "--no-log-prefix", "-t");
        List<String> all = both.lines().toList();
        assertThat(texts(both)).containsExactlyElementsOf(numbers(1, 20));
        String fifth = all.get(4).split(" ")[0];
        String tenth = all.get(9).split(" ")[0];
        assertThat(texts(lines("logs", "--no-log-prefix", "-t", "--since", fifth, "--until", tenth)))
                .containsExactlyElementsOf(numbers(5, 10));
        assertThat(texts(lines("logs", "--no-log-prefix", "-t", "--since", fifth, "--tail", "1")))
                .containsExactly("19", "20");
    }

    /** Both streams, in the order in which they were printed. */
    private String lines(String... command) throws IOException, InterruptedException {
        return jcompose.line("jcompose " + String.join(" ", command) + " 2>&1").out();
    }

    private static List<String> texts(String out) {
        return out.lines().map(line -> line.split(" ")[1]).toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void everyByteComesThrough() throws Exception {
        write("""
                name: bytes
                services:
                  web:
                    image: localhost/host
                    command: bash -c 'printf "\\377\\000\\376\\n"; head -c 1048576 /dev/zero | tr "\\000" x; echo; printf "no end"'
                """);
        jcompose.ok("up", "-d");
        awaitEnd();
        Jcompose.Running logs = jcompose.start("logs", "--no-log-prefix");
        assertThat(logs.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(Files.readAllBytes(logs.outFile()), ISO_8859_1))
                .isEqualTo("\u00ff\u0000\u00fe\n" + "x".repeat(1 << 20) + "\nno end\n");
    }

    private void awaitEnd() {
        await().untilAsserted(() ->
                assertThat(jcompose.ok("ps", "-a", "--format", "{{.State}}")).matches("(exited\n)+"));
    }
}

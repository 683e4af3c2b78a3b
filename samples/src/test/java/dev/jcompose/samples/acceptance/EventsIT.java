package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person follows what happens to containers, and asks what has happened. */
@RequiresRoot
class EventsIT extends AcceptanceScenario {
    private static final String STACK = """
            name: told
            services:
              web:
                image: localhost/host
                command: sleep 1000
                init: true
                labels: {own: label}
                healthcheck: {test: test -e /ready, interval: 5s, retries: 1000}
              greedy:
                image: localhost/host
                command: tail /dev/zero
                mem_limit: 24m
                profiles: [greedy]
            """;

    @BeforeEach
    void writeTheStack() throws Exception {
        write(STACK);
    }

    @AfterEach
    void removeAll() throws Exception {
        jcompose.ok("--profile", "greedy", "down", "-t", "0");
    }

    /** The lines but for those of health checks. */
    private static List<String> withoutChecks(String text) {
        Set<String> checks = Pattern.compile("exec_create: /bin/sh -c test .*execID\\W+(\\w+)")
                .matcher(text)
                .results()
                .map(check -> check.group(1))
                .collect(Collectors.toSet());
        return text.lines()
                .filter(line -> checks.stream().noneMatch(line::contains))
                .toList();
    }

    /** The actions of some service, in order. */
    private static List<String> actions(String text, String service) {
        return withoutChecks(text).stream()
                .filter(line -> line.contains("name=told-" + service + "-1"))
                .map(line -> line.replaceFirst("^\\S+ \\S+ container (.*) [0-9a-f]{64} \\(.*", "$1"))
                .toList();
    }

    @Test
    void everyThingThatHappensToAContainerIsToldAndRemembered() throws Exception {
        jcompose.ok("up", "-d");
        Jcompose.Running follower = jcompose.start("events", "--json", "--since", "10m", "web");
        jcompose.ok("exec", "-T", "web", "touch", "/ready");
        await().untilAsserted(() -> assertThat(follower.out()).contains("health_status: healthy"));
        jcompose.ok("pause");
        jcompose.ok("unpause");
        jcompose.ok("run", "--rm", "-T", "web", "true");
        jcompose.ok("kill", "-s", "WINCH", "web");
        jcompose.ok("stop");
        jcompose.ok("start", "--wait");
        jcompose.ok("rm", "-f", "-s", "web");

        String past = jcompose.ok("events", "--since", "10m", "--until", "0s");
        List<String> actions = actions(past, "web");
        assertThat(actions)
                .startsWith("create", "start", "exec_create: touch /ready", "exec_start: touch /ready")
                .endsWith("destroy")
                .containsSubsequence("exec_start: touch /ready", "exec_die", "pause")
                .containsSubsequence("health_status: healthy", "pause", "unpause", "kill", "kill")
                .containsSubsequence("kill", "die", "start", "health_status: healthy", "kill", "die", "destroy");
        assertThat(actions).filteredOn("stop"::equals).hasSize(2);
        assertThat(actions).hasSize(18);
        assertThat(past)
                .as("one-offs are left out")
                .doesNotContain("told-web-run")
                .containsPattern("(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} container start [0-9a-f]{64}"
                        + " \\(image=localhost/host, name=told-web-1, own=label\\)\n\n")
                .containsPattern("container die [0-9a-f]{64} \\(exitCode=143, image=localhost/host,")
                .containsPattern("container kill [0-9a-f]{64} \\(image=localhost/host, name=told-web-1, own=label,"
                        + " signal=28\\)");

        await().untilAsserted(() -> assertThat(follower.out()).contains("\"action\":\"destroy\""));
        follower.interrupt();
        follower.await();
        assertThat(follower.out()).contains("\"action\":\"exec_start: /bin/sh -c test -e /ready\"");
        assertThat(withoutChecks(follower.out()))
                .hasSize(18)
                .first()
                .asString()
                .matches("\\{\"time\":\"[^\"]+\",\"type\":\"container\",\"service\":\"web\",\"id\":\"[0-9a-f]{64}\","
                        + "\"action\":\"create\",\"attributes\":\\{\"image\":\"localhost/host\",\"name\":\"told-web-1\","
                        + "\"own\":\"label\"}}");
    }

    @Test
    void whoUsesTooMuchMemoryIsToldSo() throws Exception {
        jcompose.ok("up", "-d", "greedy");
        await().untilAsserted(
                        () -> assertThat(actions(jcompose.ok("events", "--since", "10m", "--until", "0s"), "greedy"))
                                .containsExactly("create", "start", "oom", "die"));
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() throws Exception {
        assertThat(jcompose.run("events", "nobody").err()).startsWith("no such service: nobody");
        assertThat(jcompose.run("events", "--since", "soon").err())
                .startsWith("invalid value for --since: \"soon\" is neither a time");
    }
}

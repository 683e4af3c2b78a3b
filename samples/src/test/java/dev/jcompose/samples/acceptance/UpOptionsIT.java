package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person says more exactly what up is to do. */
@RequiresRoot
class UpOptionsIT extends AcceptanceScenario {
    private static final String STACK = """
            name: options
            x-base: &base {image: localhost/host, command: sleep 1000, stop_grace_period: 0s}
            services:
              web: {<<: *base, environment: {V: "%s"}, depends_on: [db]}
              db: {<<: *base, volumes: [/own]}
              extra: {<<: *base, profiles: [more]}
            """;
    private static final String ENDING = """
            name: options
            x-base: &base {image: localhost/host, stop_grace_period: 0s}
            services:
              good: {<<: *base, command: "sh -c 'echo good says; exec sleep 1000'"}
              quick: {<<: *base, command: "sh -c 'echo quick says'"}
              bad: {<<: *base, command: "sh -c 'sleep 1; echo bad says; exit 3'"}
              sick: {<<: *base, command: sleep 1000, healthcheck: {test: "false", interval: 60s}, profiles: [sick]}
            """;

    @AfterEach
    void removeAll() throws Exception {
        jcompose.ok("--profile", "*", "down", "-v", "-t", "0");
    }

    @Test
    void whatIsMadeAnewAndWhatIsKept() throws Exception {
        write(STACK.formatted("1"));
        jcompose.ok("up", "-d");
        jcompose.ok("exec", "-T", "db", "touch", "/own/kept");
        String db = id("db");
        String web = id("web");

        jcompose.ok("up", "-d", "--force-recreate");
        assertThat(id("db")).isNotEqualTo(db);
        assertThat(id("web")).isNotEqualTo(web);
        assertThat(jcompose.ok("exec", "-T", "db", "ls", "/own")).isEqualTo("kept\n");
        jcompose.ok("up", "-d", "--force-recreate", "-V");
        assertThat(jcompose.ok("exec", "-T", "db", "ls", "/own")).isEmpty();

        write(STACK.formatted("2"));
        web = id("web");
        db = id("db");
        jcompose.ok("up", "-d", "--no-recreate");
        assertThat(id("web")).isEqualTo(web);
        jcompose.ok("up", "-d", "web");
        assertThat(id("web")).isNotEqualTo(web);
        assertThat(id("db")).isEqualTo(db);
        jcompose.ok("up", "-d", "--always-recreate-deps", "web");
        assertThat(id("db")).isNotEqualTo(db);

        assertThat(jcompose.ok("ps", "--services")).isEqualTo("db\nweb\n");
        jcompose.ok("--profile", "more", "up", "-d");
        assertThat(jcompose.ok("--profile", "more", "ps", "--services")).isEqualTo("db\nextra\nweb\n");
    }

    @Test
    void whatEndsTheRunAndWithWhichCodeAndWhatIsShown() throws Exception {
        write(ENDING);
        Jcompose.Result failure = jcompose.run("up", "--abort-on-container-failure", "--no-attach", "good");
        assertThat(failure.exitCode()).as(failure.toString()).isEqualTo(3);
        assertThat(failure.out()).contains("bad says", "quick says").doesNotContain("good says");

        Jcompose.Result from = jcompose.run("up", "--exit-code-from", "bad", "--attach", "good", "good", "bad");
        assertThat(from.exitCode()).as(from.toString()).isEqualTo(3);
        assertThat(from.out()).contains("good says").doesNotContain("bad says");

        Jcompose.Result first = jcompose.run("up", "--abort-on-container-exit", "good", "quick");
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(jcompose.ok("ps", "--services", "--status", "running")).isEmpty();

        Jcompose.Result late = jcompose.run("up", "-d", "--wait", "--wait-timeout", "1", "sick");
        assertThat(late.exitCode()).isEqualTo(1);
        assertThat(late.err()).contains("application not healthy after 1s");
    }

    private String id(String service) throws IOException, InterruptedException {
        return jcompose.ok("ps", "-q", service);
    }
}

package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A person changes a file, and brings its services up, scales, restarts and removes them. */
@RequiresRoot
class ReconcileIT extends AcceptanceScenario {
    private static final String STACK = """
            name: stack
            services:
              web:
                image: localhost/host
                command: sleep %d
                depends_on: {db: {condition: service_healthy, restart: true}}
              db:
                image: localhost/host
                command: sh -c "rm -f /ready; echo loading; sleep 0.3; touch /ready; echo loaded; sleep 1000"
                healthcheck: {test: test -e /ready, interval: 1s}
                stop_grace_period: 0s
            """;

    @Test
    void aDryRunSaysWhatAnUpWouldDoAndTheUpDoesIt() throws Exception {
        write(STACK.formatted(1000));
        assertThat(jcompose.run("--dry-run", "up", "-d").err())
                .contains(
                        "DRY-RUN MODE -  Network stack_default Created",
                        "DRY-RUN MODE -  Container stack-web-1 Started");
        assertThat(jcompose.ok("ps", "-a", "-q")).isEmpty();
        jcompose.ok("up", "-d");
        String db = jcompose.ok("ps", "-q", "db");

        write(STACK.formatted(2000));
        assertThat(jcompose.run("--dry-run", "up", "-d").err())
                .contains("DRY-RUN MODE -  Container stack-web-1 Recreate configuration changed")
                .contains("DRY-RUN MODE -  Container stack-db-1 Running");
        Jcompose.Result up = jcompose.run("up", "-d", "-t", "0");
        assertThat(up.err())
                .contains(" Container stack-web-1 Recreated", " Container stack-db-1 Running")
                .doesNotContain("stack-db-1 Recreate");
        assertThat(jcompose.ok("ps", "-q", "db")).isEqualTo(db);
        assertThat(jcompose.ok("--dry-run", "down")).isEmpty();
        assertThat(jcompose.ok("ps", "--services")).isEqualTo("db\nweb\n");
    }

    @Test
    void servicesAreScaledRestartedStoppedAndRemoved() throws Exception {
        write(STACK.formatted(1000));
        jcompose.ok("up", "-d");
        jcompose.ok("scale", "web=3");
        assertThat(jcompose.ok("ps", "--format", "{{.Name}}", "web"))
                .isEqualTo("stack-web-1\nstack-web-2\nstack-web-3\n");

        assertThat(jcompose.run("restart", "-t", "0", "db").err())
                .contains("stack-db-1 Started", "stack-web-1 Restarting", "stack-web-3 Started");
        jcompose.ok("stop", "-t", "0", "web");
        assertThat(jcompose.ok("rm", "-f", "web")).isEqualTo("Going to remove stack-web-1, stack-web-2, stack-web-3\n");
        assertThat(jcompose.run("rm", "-f").err()).isEqualTo("No stopped containers\n");
        Jcompose.Result start = jcompose.run("start", "web");
        assertThat(start.exitCode()).isEqualTo(1);
        assertThat(start.err()).isEqualTo("service \"web\" has no container to start\n");
        assertThat(jcompose.ok("ls")).contains("stack", "running(1)");
    }

    @Test
    void outputIsShownFromTheFirstContainerOn() throws Exception {
        write(STACK.formatted(1000).replace("sleep 0.3;", "while [ ! -e /go ]; do sleep 0.05; done;"));
        Jcompose.Running up = jcompose.start("up");
        await().untilAsserted(() -> assertThat(up.out()).contains("db-1   | loading"));
        assertThat(up.out()).startsWith("Attaching to db-1, web-1\n");
        assertThat(up.err()).doesNotContain("stack-web-1 Starting");

        jcompose.ok("exec", "-T", "db", "touch", "/go");
        await().untilAsserted(() -> assertThat(up.err()).contains("stack-web-1 Started"));
        up.interrupt();
        assertThat(up.await().exitCode()).isEqualTo(130);
    }

    @Test
    void whereTheTimeWentIsShown() throws Exception {
        write(STACK.formatted(1000));
        Jcompose.Result up = jcompose.with("JCOMPOSE_LOG_LEVEL", "debug").run("up", "-d", "--timings");
        assertThat(up.exitCode()).isZero();
        String timings = up.err().substring(up.err().indexOf("BEGAN"));
        assertThat(timings)
                .containsPattern("\\d\\.\\d{3} s   \\d\\.\\d{3} s   create network     stack_default\n")
                .containsPattern("critical path: \\d\\.\\d{3} s of \\d\\.\\d{3} s\n");
        assertThat(timings.substring(timings.indexOf("critical path"))
                        .lines()
                        .map(line -> line.replaceAll(" {2,}", " ")))
                .as("web waits for db")
                .anyMatch(line -> line.endsWith("await service db"))
                .anyMatch(line -> line.endsWith("start container stack-web-1"));
        assertThat(Files.readString(folder.resolve("data/engine.log"))).contains(" DEBUG ");
    }

    @Test
    void anotherDirectorysProjectOfTheSameNameIsLeftAlone() throws Exception {
        write(STACK.formatted(1000));
        jcompose.ok("up", "-d");
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("compose.yaml"), STACK.formatted(1000));
        Jcompose elsewhere = jcompose.file(other.resolve("compose.yaml"));

        for (String command : new String[] {"up", "stop", "down"}) {
            Jcompose.Result result = command.equals("up") ? elsewhere.run(command, "-d") : elsewhere.run(command);
            assertThat(result.exitCode()).as(command).isEqualTo(1);
            assertThat(result.err()).contains("project name \"stack\" is in use by the project in " + folder);
        }
        for (String command : new String[] {
            "exec db true",
            "pause",
            "cp db:/etc/hosts -",
            "run --rm db true",
            "commit db theirs:1",
            "export -o theirs.tar db"
        }) {
            Jcompose.Result result = elsewhere.run(command.split(" ", -1));
            assertThat(result.exitCode()).as(command).isEqualTo(1);
            assertThat(result.err()).contains("in " + folder);
        }
        assertThat(jcompose.ok("ps", "--services")).isEqualTo("db\nweb\n");
    }
}

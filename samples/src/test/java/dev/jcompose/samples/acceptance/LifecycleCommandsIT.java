package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands that make, start, stop and remove containers: what they do, print, and end with. */
@RequiresRoot
class LifecycleCommandsIT extends SharedEngineScenario {
    private static final String FILE = """
            name: life
            services:
              web: {image: localhost/host, command: sleep 1000, init: true, depends_on: [db]}
              db: {image: localhost/host, command: sleep 1000, init: true, volumes: [data:/data, /anonymous]}
              bad: {image: localhost/host, command: sh -c "echo bad; exit 7", profiles: [bad]}
              good: {image: localhost/host, command: sh -c "echo good", profiles: [good]}
            volumes: {data: {}}
            """;

    private static final String CONTRADICTIONS = """
            --wait --wait-timeout -1 | --wait-timeout must be a non-negative integer
            --abort-on-container-failure --abort-on-container-exit | --abort-on-container-failure cannot be combined with --abort-on-container-exit
            --wait --attach db | --wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies
            --build --no-build | --build and --no-build are incompatible
            -d --attach-dependencies | --detach cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch
            --no-recreate -V | --no-recreate and --renew-anon-volumes are incompatible
            --force-recreate --no-recreate | --force-recreate and --no-recreate are incompatible
            --always-recreate-deps --no-recreate | --always-recreate-deps and --no-recreate are incompatible
            --attach db --attach-dependencies | cannot combine --attach and --attach-dependencies
            --attach bad | cannot attach to services not included in up: bad
            --exit-code-from nope | no such service: nope
            --pull sometimes -d | invalid --pull option "sometimes"
            --scale web -d | invalid --scale option "web". Should be SERVICE=NUM
            --nope | unknown flag: --nope
            nope | no such service: nope
            """;

    @BeforeAll
    void writeTheStack() throws Exception {
        write(FILE);
    }

    @AfterEach
    void down() throws Exception {
        jcompose.ok("down", "-v", "--remove-orphans", "-t", "1");
    }

    @Test
    void upDetachedTellsEachStepOnStandardErrorAndAgainOnlyThatAllRuns() throws Exception {
        Jcompose.Result up = jcompose.run("up", "-d");
        assertThat(up.exitCode()).isZero();
        assertThat(up.out()).isEmpty();
        assertThat(up.err())
                .contains(" Network life_default Created \n", " Volume life_data Created \n")
                .containsSubsequence(" Container life-db-1 Started \n", " Container life-web-1 Starting \n");

        assertThat(jcompose.run("up", "-d").err().lines())
                .containsExactlyInAnyOrder(" Container life-db-1 Running ", " Container life-web-1 Running ");
        assertThat(jcompose.with("COMPOSE_STATUS_STDOUT", "1").ok("up", "-d")).contains("life-db-1 Running");
        assertThat(jcompose.line("jcompose --progress quiet up -d --force-recreate web 2>&1")
                        .out())
                .isEmpty();
    }

    @Test
    void upInTheForegroundShowsOnlyWhatWasNamedAndEndsWithTheContainers() throws Exception {
        Jcompose.Result up = jcompose.run("--profile", "good", "up", "good");

        assertThat(up.exitCode()).isZero();
        assertThat(up.out()).isEqualTo("Attaching to good-1\ngood-1  | good\ngood-1 exited with code 0\n");
    }

    @Test
    void upEndsAsTheContainerThatItWasToldToFollow() throws Exception {
        Jcompose.Result from = jcompose.run("--profile", "bad", "up", "--exit-code-from", "bad", "-t", "1");
        assertThat(from.exitCode()).as(from.toString()).isEqualTo(7);
        assertThat(from.err()).contains("Aborting on container exit...");
        assertThat(jcompose.ok("ps", "-q")).isEmpty();

        assertThat(jcompose.run("--profile", "bad", "up", "--abort-on-container-failure", "bad", "web", "-t", "1")
                        .exitCode())
                .isEqualTo(7);
        assertThat(jcompose.run("--profile", "good", "up", "--abort-on-container-exit", "good", "web", "-t", "1")
                        .exitCode())
                .isZero();
    }

    @Test
    void upPrintsLogsAsItIsTold() throws Exception {
        String good = "--profile good up --no-log-prefix good";
        assertThat(jcompose.line("jcompose " + good).out()).startsWith("Attaching to good-1\ngood\n");
        assertThat(jcompose.line("jcompose --profile good up --timestamps --no-color good")
                        .out())
                .containsPattern("good-1  \\| \\d{4}-\\S+Z good\n");
        assertThat(jcompose.line("jcompose --profile good --profile bad up --no-attach bad good bad")
                        .out())
                .contains("good-1  | good")
                .doesNotContain("| bad");
        assertThat(jcompose.line("jcompose --profile good --profile bad up --attach bad good bad")
                        .out())
                .contains("bad-1  | bad")
                .doesNotContain("| good");
    }

    @Test
    void upWaitsForWhatIsAskedAndNotLonger() throws Exception {
        assertThat(jcompose.ok("up", "--wait", "--wait-timeout", "20")).isEmpty();
        assertThat(jcompose.ok("ps", "-q").lines()).hasSize(2);
        Files.writeString(folder.resolve("ill.yaml"), """
                services: {db: {healthcheck: {test: "false", interval: 1s, retries: 100}}}
                """);

        Jcompose.Result late = jcompose.line("jcompose -f compose.yaml -f ill.yaml up --wait --wait-timeout 1 -t 0 db");
        assertThat(late.exitCode()).as(late.toString()).isEqualTo(1);
        assertThat(late.err()).contains("application not healthy after 1s");
    }

    @Test
    void upScalesAndRecreatesAsItIsTold() throws Exception {
        jcompose.ok("up", "-d", "--scale", "web=3");
        assertThat(names()).isEqualTo("life-db-1 life-web-1 life-web-2 life-web-3");
        String first = jcompose.ok("ps", "-q", "web");
        jcompose.ok("up", "-d", "--scale", "web=2", "--no-recreate", "-t", "0");
        assertThat(first).contains(jcompose.ok("ps", "-q", "web").lines().toList());
        jcompose.ok("up", "-d", "--no-deps", "--force-recreate", "-t", "0", "web");
        assertThat(names()).isEqualTo("life-db-1 life-web-1");
        assertThat(first).doesNotContain(jcompose.ok("ps", "-q", "web"));

        jcompose.ok("exec", "-T", "db", "touch", "/anonymous/kept");
        jcompose.ok("up", "-d", "--force-recreate", "-t", "0", "db");
        assertThat(jcompose.ok("exec", "-T", "db", "ls", "/anonymous")).isEqualTo("kept\n");
        jcompose.ok("up", "-d", "--force-recreate", "-V", "-t", "0", "db");
        assertThat(jcompose.ok("exec", "-T", "db", "ls", "/anonymous")).isEmpty();
    }

    @Test
    void upRefusesWhatContradictsItself() throws Exception {
        for (String row : CONTRADICTIONS.lines().toList()) {
            int bar = row.indexOf(" | ");
            Jcompose.Result result = jcompose.line("jcompose up " + row.substring(0, bar));

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
            assertThat(result.err()).isEqualTo(row.substring(bar + 3) + "\n");
        }
        assertThat(jcompose.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void createMakesAndStartStartsAndOnlyWhatIsThere() throws Exception {
        Jcompose.Result none = jcompose.run("start", "db");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).isEqualTo("service \"db\" has no container to start\n");

        assertThat(jcompose.run("create", "--scale", "db=2").err())
                .contains("life-db-2 Created")
                .doesNotContain("Start");
        assertThat(jcompose.ok("ps", "-a", "--format", "{{.State}}").lines())
                .containsOnly("created")
                .hasSize(3);
        jcompose.ok("start", "web");
        assertThat(names()).isEqualTo("life-db-1 life-db-2 life-web-1");
        assertThat(jcompose.run("up", "--no-start").exitCode()).isZero();
    }

    @Test
    void stopAndRestartDoWhatTheySay() throws Exception {
        jcompose.ok("up", "-d");
        String web = jcompose.ok("ps", "-q", "web");

        assertThat(jcompose.run("stop", "-t", "1", "db").err()).contains(" Container life-db-1 Stopped ");
        assertThat(names()).isEqualTo("life-web-1");
        assertThat(jcompose.run("stop", "db").err()).doesNotContain("Stopping");
        assertThat(jcompose.run("restart", "-t", "1").err())
                .contains(" Container life-db-1 Started ", " Container life-web-1 Started ");
        assertThat(jcompose.ok("ps", "-q", "web")).isEqualTo(web);
        assertThat(jcompose.run("restart", "--no-deps", "-t", "1", "db").err()).doesNotContain("web");
        assertThat(jcompose.run("restart", "nope").err()).isEqualTo("no such service: nope\n");
    }

    @Test
    void killSendsTheSignal() throws Exception {
        jcompose.ok("up", "-d");

        assertThat(jcompose.run("kill", "-s", "SIGTERM", "web").err()).contains(" Container life-web-1 Killed ");
        await().until(() ->
                jcompose.ok("ps", "-a", "--format", "{{.ExitCode}}", "web").equals("143\n"));
        jcompose.ok("kill", "db");
        await().until(() ->
                jcompose.ok("ps", "-a", "--format", "{{.ExitCode}}", "db").equals("137\n"));
        Jcompose.Result none = jcompose.run("kill");
        assertThat(none.exitCode()).isZero();
        assertThat(none.err()).isEqualTo("No container to kill\n");
        assertThat(jcompose.run("kill", "-s", "SIGNOPE").exitCode()).isEqualTo(1);
    }

    @Test
    void pauseAndUnpause() throws Exception {
        assertThat(jcompose.run("pause").exitCode()).isZero();
        jcompose.ok("up", "-d");

        assertThat(jcompose.run("pause", "db").err()).contains(" Container life-db-1 Paused ");
        assertThat(jcompose.ok("ps", "--format", "{{.State}} {{.Status}}", "db"))
                .matches("paused Up .*\\(Paused\\)\n");
        Jcompose.Result again = jcompose.run("pause", "db");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("already paused");
        assertThat(jcompose.run("unpause").err()).contains(" Container life-db-1 Unpaused ");
        assertThat(jcompose.run("pause", "nope").err()).isEqualTo("no such service: nope\n");
    }

    @Test
    void rmRemovesStoppedContainersAndAsksBefore() throws Exception {
        jcompose.ok("up", "-d");
        assertThat(jcompose.run("rm", "-f").err()).isEqualTo("No stopped containers\n");
        jcompose.ok("stop", "-t", "1", "web");

        Jcompose.Result no = jcompose.line("echo n | jcompose rm");
        assertThat(no.out()).isEqualTo("Going to remove life-web-1 [yN] ");
        assertThat(jcompose.ok("ps", "-aq", "web")).isNotEmpty();
        assertThat(jcompose.line("echo y | jcompose rm web").exitCode()).isZero();
        assertThat(jcompose.ok("ps", "-aq", "web")).isEmpty();
        assertThat(jcompose.ok("volume", "ls", "-q").lines()).hasSize(2);
        assertThat(jcompose.ok("rm", "-s", "-f", "-v")).isEqualTo("Going to remove life-db-1\n");
        assertThat(jcompose.ok("volume", "ls", "-q")).isEqualTo("life_data\n");
    }

    @Test
    void scaleSaysWhatItDoesNotUnderstand() throws Exception {
        jcompose.ok("scale", "--no-deps", "web=2");
        assertThat(names()).isEqualTo("life-web-1 life-web-2");
        jcompose.ok("alpha", "scale", "web=1");
        assertThat(names()).isEqualTo("life-db-1 life-web-1");
        assertThat(jcompose.run("scale", "web").err()).isEqualTo("invalid scale specifier: web\n");
        assertThat(jcompose.run("scale", "web=x").err())
                .isEqualTo("invalid scale specifier: can't parse replica value as int: web=x\n");
        assertThat(jcompose.run("scale").exitCode()).isEqualTo(1);
    }

    @Test
    void waitEndsAsTheContainerDid() throws Exception {
        assertThat(jcompose.run("wait", "web").err()).isEqualTo("no containers for project \"life\"\n");
        jcompose.ok("up", "-d");
        String id = jcompose.ok("ps", "-q", "web").strip();
        Jcompose.Running wait = jcompose.start("wait", "--down-project", "web");
        await().until(() -> jcompose.run("kill", "-s", "TERM", "web").exitCode() == 0
                && !wait.process().isAlive());

        Jcompose.Result ended = wait.await();
        assertThat(ended.exitCode()).isEqualTo(143);
        assertThat(ended.out()).isEqualTo("container \"" + id + "\" exited with status code 143\n");
        assertThat(jcompose.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void downRemovesWhatTheProjectOwnsAndNoMore() throws Exception {
        Jcompose.Result nothing = jcompose.run("down");
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.err()).contains("Warning: No resource found to remove for project \\\"life\\\".");
        jcompose.ok("up", "-d");
        jcompose.ok("run", "-d", "--name", "extra", "db", "sleep", "1000");

        assertThat(jcompose.run("down", "-t", "1", "db").err())
                .contains("life-web-1 Removed", "life-db-1 Removed", "Network life_default Resource is still in use");
        assertThat(jcompose.run("down", "--rmi", "some").err()).isEqualTo("invalid value for --rmi: \"some\"\n");
        assertThat(jcompose.run("down", "nope").err()).isEqualTo("no such service: nope\n");
        jcompose.ok("down", "-t", "1");
        assertThat(jcompose.ok("ps", "-a", "--format", "{{.Name}}")).isEqualTo("extra\n");
        jcompose.ok("down", "-t", "1", "--remove-orphans");
        assertThat(jcompose.ok("ps", "-aq")).isEmpty();
        assertThat(jcompose.ok("volume", "ls", "-q")).contains("life_data");
        jcompose.ok("down", "--volumes");
        assertThat(jcompose.ok("volume", "ls", "-q")).doesNotContain("life_data");
    }

    private String names() throws Exception {
        return jcompose.ok("ps", "--format", "{{.Name}}").strip().replace("\n", " ");
    }
}

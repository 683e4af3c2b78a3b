package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** run, exec, attach, cp and events: what goes into containers and comes out of them. */
@RequiresRoot
class EnteringCommandsIT extends SharedEngineScenario {
    private static final String FILE = """
            name: enter
            services:
              web:
                image: localhost/host
                command: sleep 1000
                init: true
                environment: {COLOUR: blue}
                ports: ["127.0.0.1::80"]
              loop:
                image: localhost/host
                command: sh -c "while read line; do echo got $$line; [ $$line != end ] || exit 5; done"
                stdin_open: true
              bell: {image: localhost/host, command: echo ding}
              many: {image: localhost/host, command: sleep 1000, init: true, scale: 2}
              tool:
                image: localhost/host
                entrypoint: [echo, of the entrypoint]
                command: [of the command]
                depends_on: [many]
                profiles: [tools]
                container_name: never-used
            """;

    @BeforeAll
    void up() throws Exception {
        write(FILE);
        jcompose.ok("up", "-d");
    }

    @AfterAll
    void removeOneOffs() throws Exception {
        jcompose.ok("down", "--remove-orphans", "-t", "1");
    }

    @ParallelTest
    void runMakesAVolumeThatTheFileDoesNotHave() throws Exception {
        jcompose.ok("run", "--rm", "-v", "enter-own:/data", "many", "touch", "/data/x");

        assertThat(jcompose.ok("run", "--rm", "-v", "enter-own:/data", "many", "ls", "/data"))
                .isEqualTo("x\n");
        jcompose.ok("volume", "rm", "enter-own");
    }

    @ParallelTest
    void runHasNoInputIfNoneIsWanted() throws Exception {
        assertThat(jcompose.line("echo typed | jcompose run --rm -q -i many cat")
                        .out())
                .isEqualTo("typed\n");
        assertThat(jcompose.line("echo typed | jcompose run --rm -q -i=false many cat")
                        .out())
                .isEmpty();
    }

    @ParallelTest
    void runIsAOneOffThatEndsAsItsCommandDoes() throws Exception {
        Jcompose.Result run = jcompose.run("run", "--rm", "many", "sh", "-c", "echo out; echo err >&2; exit 4");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).isEqualTo("out\n");
        assertThat(run.err()).contains("err\n").containsPattern("Container enter-many-run-[0-9a-f]{12} Created");
        assertThat(jcompose.run("run", "--rm", "-q", "many", "true").err()).isEmpty();
        assertThat(jcompose.run("run", "--rm", "many", "/nowhere/nothing").exitCode())
                .isEqualTo(127);
        assertThat(jcompose.run("run", "--rm", "many", "/etc/passwd").exitCode())
                .isEqualTo(126);
        assertThat(jcompose.run("run", "--rm", "-w", "/etc/passwd", "many", "true")
                        .exitCode())
                .isEqualTo(127);
        assertThat(jcompose.run("run", "--rm", "-u", "nobody-of-that-name", "many", "true")
                        .exitCode())
                .isEqualTo(125);
        assertThat(jcompose.run("run", "nope").err()).contains("no such service: nope");
    }

    @ParallelTest
    void runTakesWhatItIsToldOverTheFile() throws Exception {
        assertThat(jcompose.ok("run", "--rm", "tool")).isEqualTo("of the entrypoint of the command\n");
        assertThat(jcompose.ok("run", "--rm", "tool", "of the line")).isEqualTo("of the entrypoint of the line\n");
        assertThat(jcompose.ok("run", "--rm", "--no-deps", "--entrypoint", "echo -n x", "tool"))
                .isEqualTo("x");
        Files.writeString(folder.resolve("more.env"), "SHAPE=round\n");
        assertThat(jcompose.with("SIZE", "big")
                        .ok(
                                "run",
                                "--rm",
                                "-e",
                                "COLOUR=red",
                                "-e",
                                "SIZE",
                                "--env-from-file",
                                "more.env",
                                "web",
                                "env"))
                .contains("COLOUR=red\n", "SIZE=big\n", "SHAPE=round\n");
        assertThat(jcompose.ok("run", "--rm", "-u", "65534", "-w", "/tmp", "many", "sh", "-c", "id -u; pwd"))
                .isEqualTo("65534\n/tmp\n");
        Files.writeString(folder.resolve("bound"), "bound\n");
        assertThat(jcompose.ok("run", "--rm", "-v", "./bound:/bound:ro", "many", "cat", "/bound"))
                .isEqualTo("bound\n");
        assertThat(jcompose.ok("run", "--rm", "--cap-drop", "ALL", "many", "grep", "CapEff", "/proc/self/status"))
                .endsWith("0000000000000000\n");
    }

    @ParallelTest
    void runHasPortsNamesAndLabelsOnlyWhenAsked() throws Exception {
        String plain = jcompose.ok("run", "-d", "web", "sleep", "1000").strip();
        String ports = jcompose.ok("run", "-d", "-P", "-l", "who=me", "--name", "enter-named", "web", "sleep", "1000")
                .strip();
        String published = jcompose.ok("run", "-d", "-p", "127.0.0.1:0:81", "web", "sleep", "1000")
                .strip();

        assertThat(one(plain).string("Ports")).isEmpty();
        assertThat(one(plain).string("Name")).matches("enter-web-run-[0-9a-f]{12}");
        assertThat(one(plain).string("Labels")).contains("com.docker.compose.oneoff=True", "com.docker.compose.slug=");
        assertThat(one(ports).string("Ports")).contains("->80/tcp");
        assertThat(one(ports).string("Name")).isEqualTo("enter-named");
        assertThat(one(ports).string("Labels")).contains("who=me");
        assertThat(one(published).string("Ports")).contains("->81/tcp");
        Jcompose.Result both = jcompose.run("run", "-P", "-p", "1:1", "web");
        assertThat(both.exitCode()).isEqualTo(1);
        assertThat(both.err()).isEqualTo("--service-ports and --publish are incompatible\n");
    }

    private JsonObject one(String id) throws Exception {
        return jcompose.ok("ps", "-a", "--no-trunc", "--format", "json")
                .lines()
                .map(JsonObject::parse)
                .filter(json -> json.string("ID").equals(id))
                .findFirst()
                .orElseThrow();
    }

    @ParallelTest
    void execRunsInTheContainerThatIsMeant() throws Exception {
        assertThat(jcompose.ok("exec", "web", "sh", "-c", "echo $COLOUR; hostname"))
                .startsWith("blue\n");
        assertThat(jcompose.ok(
                        "exec",
                        "-T",
                        "-e",
                        "COLOUR=red",
                        "-u",
                        "65534",
                        "-w",
                        "/tmp",
                        "web",
                        "sh",
                        "-c",
                        "echo $COLOUR; id -u; pwd"))
                .isEqualTo("red\n65534\n/tmp\n");
        assertThat(jcompose.ok("exec", "--index", "2", "many", "hostname"))
                .isNotEqualTo(jcompose.ok("exec", "--index=1", "many", "hostname"));
        assertThat(jcompose.ok("exec", "--privileged", "many", "grep", "CapEff", "/proc/self/status"))
                .isNotEqualTo(jcompose.ok("exec", "many", "grep", "CapEff", "/proc/self/status"));
        assertThat(jcompose.run("exec", "-T", "many", "sh", "-c", "exit 9").exitCode())
                .isEqualTo(9);
        assertThat(jcompose.line("echo in | jcompose exec -T many cat").out()).isEqualTo("in\n");
        assertThat(jcompose.run("exec", "many", "nothing-of-that-name").exitCode())
                .isEqualTo(127);
        assertThat(jcompose.run("exec", "-w", "/missing", "many", "true").exitCode())
                .isEqualTo(127);
        Jcompose.Result detached = jcompose.run("exec", "-d", "many", "nothing-of-that-name");
        assertThat(detached.exitCode()).isEqualTo(1);
        assertThat(detached.err()).contains("nothing-of-that-name");
        jcompose.ok("exec", "-d", "many", "touch", "/tmp/detached");
        await().until(() ->
                jcompose.run("exec", "many", "test", "-e", "/tmp/detached").exitCode() == 0);
    }

    @ParallelTest
    void execSaysWhatDoesNotRun() throws Exception {
        fails("service \"tool\" is not running", "exec", "tool", "true");
        fails("service \"many\" is not running container #9", "exec", "--index=9", "many", "true");
        fails("no such service: nope", "exec", "nope", "true");
        assertThat(jcompose.run("exec", "many").exitCode()).isEqualTo(1);
    }

    @ParallelTest
    void attachIsTheContainersOwnInputAndOutput() throws Exception {
        Jcompose.Result attached = jcompose.line("(echo one; echo end) | jcompose attach loop");

        assertThat(attached.out()).isEqualTo("got one\ngot end\n");
        assertThat(attached.exitCode()).isEqualTo(5);
        fails("service \"loop\" is not running", "attach", "loop");
    }

    @ParallelTest
    void cpCopiesBothWaysAndToAllReplicas() throws Exception {
        Files.writeString(folder.resolve("from"), "text\n");
        jcompose.ok("cp", "from", "many:/tmp/to");
        assertThat(jcompose.ok("exec", "--index=1", "many", "cat", "/tmp/to")).isEqualTo("text\n");
        assertThat(jcompose.ok("exec", "--index=2", "many", "cat", "/tmp/to")).isEqualTo("text\n");
        jcompose.ok("cp", "--index", "2", "from", "many:/tmp/second");
        assertThat(jcompose.run("exec", "--index=1", "many", "test", "-e", "/tmp/second")
                        .exitCode())
                .isEqualTo(1);
        jcompose.ok("cp", "many:/tmp/to", "./back");
        assertThat(folder.resolve("back")).hasContent("text");
        assertThat(jcompose.line("jcompose cp many:/tmp/to - | tar -xO").out()).isEqualTo("text\n");
        assertThat(jcompose.line("tar -c from | jcompose cp --index 1 - many:/mnt && jcompose exec many cat /mnt/from")
                        .out())
                .isEqualTo("text\n");
        jcompose.ok("exec", "many", "ln", "-s", "/tmp/to", "/tmp/link");
        jcompose.ok("cp", "-L", "many:/tmp/link", "./followed");
        assertThat(folder.resolve("followed")).hasContent("text");
        fails("copying between services is not supported", "cp", "many:/a", "web:/b");
        fails("unknown copy direction", "cp", "./a", "./b");
        fails("no container found for service \"tool\"", "cp", "tool:/a", ".");
        assertThat(jcompose.run("cp", "many:/not/there", ".").exitCode()).isEqualTo(1);
    }

    @ParallelTest
    void eventsAreALineOrAnObjectEach() throws Exception {
        Jcompose.Running text = jcompose.start("events", "bell");
        Jcompose.Running json = jcompose.start("events", "--json", "bell");
        await().until(() -> {
            jcompose.ok("start", "bell");
            return text.out().contains("container die") && json.out().contains("\"die\"");
        });
        text.interrupt();
        json.interrupt();

        assertThat(text.await().exitCode()).isEqualTo(130);
        List<String> lines = text.out().lines().toList();
        assertThat(lines.get(0))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} container \\w+ [0-9a-f]{64} \\(.*image=localhost/host.*name=enter-bell-1.*\\)");
        assertThat(lines.get(1)).isEmpty();
        assertThat(json.await().out().lines())
                .allSatisfy(line -> assertThat(JsonObject.parse(line).members().keySet())
                        .containsExactly("time", "type", "service", "id", "action", "attributes"));
        fails("no such service: nope", "events", "nope");
    }

    private void fails(String message, String... command) throws Exception {
        Jcompose.Result result = jcompose.run(command);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).isEqualTo(message + "\n");
    }
}

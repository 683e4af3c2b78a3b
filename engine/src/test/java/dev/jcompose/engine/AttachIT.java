package dev.jcompose.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@RequiresRoot
class AttachIT extends EngineScenario {
    private static final String SERVICES = """
            services:
              tty:
                image: localhost/host
                tty: true
                stdin_open: true
                command: bash -c 'tty; stty size; echo to stderr >&2; while read line; do echo "got $$line"; done; stty size'
              plain:
                image: localhost/host
                stdin_open: true
                command: bash -c 'echo to stderr >&2; while read line; do echo "got $$line"; [ "$$line" = end ] && exit 3; done'
              closed:
                image: localhost/host
                command: bash -c 'cat; echo nothing came; sleep 1000'
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private AttachSession attach(String container, boolean replay) {
        return engine().engine()
                .containers()
                .attach(new AttachRequest(container, true, replay ? Instant.EPOCH : null, ""));
    }

    private CompletableFuture<Integer> run(ExecSession session) {
        return CompletableFuture.supplyAsync(() -> session.run(out, err));
    }

    private static void type(ExecSession session, String text) throws Exception {
        session.stdin().write(text.getBytes(UTF_8));
        session.stdin().flush();
    }

    private void awaitOutput(String text) {
        await().until(() -> out.toString(UTF_8).contains(text));
    }

    @Test
    void aTerminalTakesInputEchoesItAndEndsWithControlD() throws Exception {
        up(SERVICES);
        try (AttachSession session = attach("p-tty-1", true)) {
            assertThat(session.terminal()).isTrue();
            var code = run(session);
            awaitOutput("to stderr\r\n");
            assertThat(out.toString(UTF_8)).matches("(?s)/dev/(pts/0|console)\r\n.*");
            type(session, "hello\r");
            awaitOutput("hello\r\ngot hello\r\n");
            session.resize(44, 120);
            type(session, "\4");

            assertThat(code.get()).isZero();
        }
        assertThat(out.toString(UTF_8)).endsWith("44 120\r\n");
        assertThat(err.size()).isZero();
        assertThat(engine().logs()).contains("tty-1 STDOUT got hello\r");
    }

    @Test
    void whatIsWrittenWhileNoEngineRunsIsThereForWhoComesBack() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'echo before; until [ -e /shared/go ]; do sleep 0.02; done; echo meanwhile; exec sleep 1000'
                    volumes: ["%s:/shared"]
                """.formatted(directory()));
        await().until(() -> engine().logs().contains("web-1 STDOUT before"));
        Instant left = Instant.now();
        killEngine();
        Files.createFile(directory().resolve("go"));
        startAnotherEngine();
        try (AttachSession session =
                engine().engine().containers().attach(new AttachRequest("p-web-1", false, left, ""))) {
            var code = run(session);
            awaitOutput("meanwhile\n");
            engine().engine().containers().kill("p-web-1", "KILL");
            assertThat(code.get()).isEqualTo(137);
        }
        assertThat(out.toString(UTF_8)).isEqualTo("meanwhile\n");
    }

    @Test
    void theDetachKeysLeaveTheContainerAlone() throws Exception {
        up(SERVICES);
        try (AttachSession session = attach("p-tty-1", true)) {
            var code = run(session);
            awaitOutput("to stderr");
            type(session, "\20x\20\21");

            assertThat(code.get()).isEqualTo(ExecSession.DETACHED);
        }
        out.reset();
        try (AttachSession again = attach("p-tty-1", false)) {
            var code = run(again);
            type(again, "\r");
            awaitOutput("got \20x");
            type(again, "\4");
            assertThat(code.get()).isZero();
        }
    }

    @Test
    void withoutATerminalOutputsAreApartAndSeveralClientsSeeThem() throws Exception {
        up(SERVICES);
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        try (AttachSession one = attach("p-plain-1", true);
                AttachSession other = attach("p-plain-1", false)) {
            var code = run(one);
            var otherCode = CompletableFuture.supplyAsync(() -> other.run(second, OutputStream.nullOutputStream()));
            type(one, "first\n");
            awaitOutput("got first\n");
            one.stdin().close();
            type(other, "end\n");

            assertThat(code.get()).isEqualTo(3);
            assertThat(otherCode.get()).isEqualTo(3);
        }
        assertThat(out.toString(UTF_8)).isEqualTo("got first\ngot end\n");
        assertThat(err.toString(UTF_8)).isEqualTo("to stderr\n");
        assertThat(second.toString(UTF_8)).endsWith("got end\n");
    }

    @Test
    void aPromptIsSeenBeforeItsLineEnds() throws Exception {
        up("""
                services:
                  web: {image: localhost/host, stdin_open: true, command: "bash -c 'printf name:; read n; echo hi $$n'"}
                """);
        try (AttachSession session = attach("p-web-1", true)) {
            var code = run(session);
            awaitOutput("name:");
            type(session, "Ada\n");
            assertThat(code.get()).isZero();
        }
        assertThat(out.toString(UTF_8)).isEqualTo("name:hi Ada\n");
    }

    @Test
    void aTerminalGoesOnUnderAnotherEngineAndLosesNothing() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    tty: true
                    stdin_open: true
                    command: bash -c 'stty -echo; echo ready; read a; seq 1 3000; read b; seq 3001 6000'
                """);
        try (AttachSession session = attach("p-web-1", true)) {
            var code = run(session);
            awaitOutput("ready");
            type(session, "go\r");
            awaitOutput("100\r\n");
            killEngine();
            code.cancel(true);
        }
        startAnotherEngine();
        try (AttachSession session = attach("p-web-1", true)) {
            out.reset();
            var code = run(session);
            type(session, "go\r");
            assertThat(code.get()).isZero();
        }
        StringBuilder all = new StringBuilder("ready\r\n");
        for (int i = 1; i <= 6000; i++) {
            all.append(i).append("\r\n");
        }
        assertThat(out.toString(UTF_8)).isEqualTo(all.toString());
    }

    @Test
    void whatATerminalSaidLastIsKeptWhenNoEngineRuns() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    tty: true
                    command: bash -c 'echo ready; while ! [ -e /tmp/go ]; do sleep 0.02; done; seq 1 4000'
                """);
        await().until(() -> engine().logs().contains("web-1 STDOUT ready\r"));
        long pid = Long.parseLong(
                engine().exec("p-web-1", "sh", "-c", "touch /tmp/go; echo 1").substring(3, 4));
        assertThat(pid).isOne();
        killEngine();
        await().pollDelay(java.time.Duration.ofMillis(300)).until(() -> true);
        startAnotherEngine();

        await().untilAsserted(() -> assertThat(state("p-web-1")).isEqualTo("exited 0"));
        assertThat(engine().logs()).hasSize(4001).endsWith("web-1 STDOUT 4000\r");
    }

    @Test
    void aContainerWithoutOpenInputFindsItsEndAtOnce() throws Exception {
        up(SERVICES);
        await().until(() -> engine().logs().contains("closed-1 STDOUT nothing came"));
        assertThatThrownBy(() -> engine().engine().containers().resize("p-closed-1", 10, 10))
                .isInstanceOf(EngineException.class)
                .hasMessage("container p-closed-1 has no terminal");
        assertThatThrownBy(
                        () -> engine().engine().containers().attach(new AttachRequest("p-tty-1", true, null, "ctrl-ß")))
                .hasMessageContaining("invalid detach keys (ctrl-ß)");
    }

    @Test
    void aOneOffHasItsInputOnceAndIsRemovedAtItsEnd() throws Exception {
        String id = engine().engine()
                .projects()
                .createRun(
                        new RunRequest(
                                TestEngine.canonical(
                                        directory(),
                                        "services: {job: {image: localhost/host, command: sort, restart: always}}"
                                                .replace(", restart: always", "")),
                                "job",
                                null,
                                false,
                                false,
                                true,
                                true,
                                false,
                                ImageOptions.USUAL),
                        engine().listener());
        assertThat(engine().engine().containers().list(java.util.Optional.of("p")))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.name()).matches("p-job-run-[0-9a-f]{12}");
                    assertThat(one.labels())
                            .containsEntry("com.docker.compose.oneoff", "True")
                            .doesNotContainKey("com.docker.compose.container-number");
                    assertThat(one.state()).isEqualTo("created");
                });
        try (AttachSession session = attach(id, false)) {
            var code = run(session);
            engine().engine().containers().start(id);
            type(session, "b\na\n");
            session.stdin().close();
            assertThat(code.get()).isZero();
        }
        assertThat(out.toString(UTF_8)).isEqualTo("a\nb\n");
        await().until(() -> !hasContainers());
    }

    @Test
    void aOneOffOnATerminalIsHungUpWhenItsClientIsGone() throws Exception {
        String id = engine().engine()
                .projects()
                .createRun(
                        new RunRequest(
                                TestEngine.canonical(
                                        directory(),
                                        "services: {job: {image: localhost/host, command: sh, tty: true}}"),
                                "job",
                                "a-shell",
                                false,
                                false,
                                true,
                                true,
                                false,
                                ImageOptions.USUAL),
                        engine().listener());
        engine().engine().containers().resize("a-shell", 31, 77);
        AttachSession session = attach(id, false);
        var code = run(session);
        engine().engine().containers().start(id);
        type(session, "stty size\r");
        awaitOutput("31 77");

        session.close();

        await().until(() -> !hasContainers());
        assertThat(code).isNotNull();
    }

    @Test
    void aOneOffsDependenciesAreStartedAndReadyBefore() throws Exception {
        String json = TestEngine.canonical(directory(), """
                services:
                  job:
                    image: localhost/host
                    command: getent hosts db
                    depends_on: {db: {condition: service_healthy}}
                  db:
                    image: localhost/host
                    command: bash -c 'sleep 0.3; touch /ready; sleep 1000'
                    healthcheck: {test: test -e /ready, interval: 1s}
                """);
        String id = engine().engine()
                .projects()
                .createRun(
                        new RunRequest(json, "job", null, false, false, false, false, false, ImageOptions.USUAL),
                        engine().listener());
        assertThat(engine().container("p-db-1").health()).isEqualTo("healthy");
        try (AttachSession session = attach(id, false)) {
            var code = run(session);
            engine().engine().containers().start(id);
            assertThat(code.get()).isZero();
        }
        assertThat(out.toString(UTF_8)).contains(" db");
        assertThat(engine().exec("p-db-1", "sh", "-c", "getent hosts job || echo none"))
                .isEqualTo("0: none\n");
    }
}

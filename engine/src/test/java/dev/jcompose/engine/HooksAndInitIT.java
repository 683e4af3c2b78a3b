package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What runs beside a container's command. */
@RequiresRoot
class HooksAndInitIT extends EngineScenario {
    private static final long CAP_SYS_ADMIN = 1L << 21;

    @Test
    void hooksRunInTheContainerAfterItsStartAndBeforeItsStop() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    init: true
                    environment: {GREETING: hello}
                    volumes: [notes:/notes]
                    post_start:
                      - {command: [sh, -c, 'echo $$GREETING $$EXTRA > /notes/start; pwd'], working_dir: /usr, environment: [EXTRA=you]}
                      - {command: [sh, -c, 'id -u >> /notes/start']}
                    pre_stop:
                      - {command: [sh, -c, 'echo bye; echo stopping >> /notes/start']}
                volumes: {notes: {}}
                """);
        assertThat(engine().exec("p-web-1", "cat", "/notes/start")).isEqualTo("0: hello you\n0\n");
        engine().engine().projects().stop(TestEngine.services("web"), engine().listener());
        assertThat(state("p-web-1")).isEqualTo("exited 137");
        engine().engine().projects().start(TestEngine.services("web"), engine().listener());
        assertThat(engine().exec("p-web-1", "cat", "/notes/start")).isEqualTo("0: hello you\n0\n");
    }

    @Test
    void hooksHaveAUserDirectoryVariablesAndPrivilegesOfTheirOwn() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    environment: {A: one, B: two}
                    post_start:
                      - {command: [sh, -c, '(id -u; pwd; echo $$A $$B) > /tmp/who'], user: "33", working_dir: /usr, environment: [B=2]}
                      - {command: [sh, -c, 'grep CapEff /proc/self/status > /tmp/plain']}
                      - {command: [sh, -c, 'grep CapEff /proc/self/status > /tmp/privileged'], privileged: true}
                """);
        assertThat(engine().exec("p-web-1", "cat", "/tmp/who")).isEqualTo("0: 33\n/usr\none 2\n");
        assertThat(capabilities("/tmp/plain") & CAP_SYS_ADMIN).isZero();
        assertThat(capabilities("/tmp/privileged") & CAP_SYS_ADMIN).isEqualTo(CAP_SYS_ADMIN);
    }

    private long capabilities(String file) {
        String line = engine().exec("p-web-1", "cat", file).strip();
        return Long.parseLong(line.substring(line.indexOf('\t') + 1), 16);
    }

    @Test
    void aPreStopHookThatFailsFailsTheCommandAndTheContainerRunsOn() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    pre_stop: [{command: [sh, -c, 'test -e /tmp/saved || { echo not saved; exit 7; }'], user: "33"}]
                """);
        assertThatThrownBy(() -> engine().engine().projects().stop(TestEngine.services("web"), engine().listener()))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("web hook exited with status 7", "not saved");
        assertThat(state("p-web-1")).isEqualTo("running");
        engine().exec("p-web-1", "touch", "/tmp/saved");
        engine().engine().projects().stop(TestEngine.services("web"), engine().listener());
        assertThat(state("p-web-1")).isEqualTo("exited 137");
    }

    @Test
    void aPreStartHookRunsForEachReplicaWhereThatIsWanted() throws Exception {
        String compose = """
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    scale: 2
                    volumes: [notes:/notes]
                    pre_start:
                      - {command: [sh, -c, 'echo once >> /notes/all']}
                      - {command: [sh, -c, 'echo each >> /notes/all'], per_replica: true}
                volumes: {notes: {}}
                """;
        up(compose);
        assertThat(engine().exec("p-web-1", "cat", "/notes/all")).isEqualTo("0: once\neach\neach\n");
        up(compose.replace("scale: 2", "scale: 3"));
        assertThat(engine().exec("p-web-3", "tail", "-n", "+4", "/notes/all")).isEqualTo("0: each\n");
        engine().engine().projects().restart(TestEngine.services("web"), engine().listener());
        assertThat(engine().exec("p-web-1", "wc", "-l", "/notes/all")).startsWith("0: 4");
    }

    @Test
    void preStartHooksRunInContainersOfTheirOwnBeforeTheFirstStartOnly() throws Exception {
        String compose = """
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'cat /notes/prepared; exec sleep 1000'
                    init: true
                    scale: 2
                    environment: {GREETING: hello}
                    volumes: [notes:/notes]
                    pre_start:
                      - {command: [sh, -c, 'echo $$GREETING $$EXTRA $$PWD >> /notes/prepared'], working_dir: /usr, environment: [EXTRA=you]}
                      - {command: [sh, -c, 'id -u >> /tmp/own; cat /tmp/own >> /notes/prepared; hostname > /notes/host'], user: "0"}
                volumes: {notes: {}}
                """;
        up(compose);
        assertThat(engine().exec("p-web-1", "cat", "/notes/prepared")).isEqualTo("0: hello you /usr\n0\n");
        assertThat(engine().exec("p-web-1", "sh", "-c", "test $(hostname) != $(cat /notes/host)"))
                .startsWith("0: ");
        assertThat(engine().engine().containers().list(Optional.empty()))
                .as("nothing is left")
                .hasSize(2);

        up(compose.replace("scale: 2", "scale: 3"));
        engine().engine().projects().stop(TestEngine.services("web"), engine().listener());
        engine().engine().projects().start(TestEngine.services("web"), engine().listener());
        assertThat(engine().exec("p-web-3", "cat", "/notes/prepared")).isEqualTo("0: hello you /usr\n0\n");
        up(compose.replace("exec sleep 1000", "exec sleep 2000"));
        assertThat(engine().exec("p-web-1", "wc", "-l", "/notes/prepared"))
                .as("new containers")
                .startsWith("0: 4");
    }

    @Test
    void aPreStartHookThatFailsLeavesTheServiceCreatedAndItsOwnContainerToLookAt() {
        String compose = """
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    pre_start: [{command: [sh, -c, 'echo no such table; exit 3']}]
                """;
        assertThatThrownBy(() -> up(compose))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("web pre_start hook exited with status 3", "no such table");
        assertThat(state("p-web-1")).startsWith("created");
        assertThatThrownBy(() -> up(compose)).isInstanceOf(EngineException.class);
        assertThat(engine().engine().containers().list(Optional.empty()))
                .as("one of the last attempt")
                .hasSize(2);
        engine().engine()
                .containers()
                .list(Optional.empty())
                .forEach(one -> engine().engine().containers().remove(one.id(), true, true));
    }

    @Test
    void aHookThatFailsFailsTheCommandAndSaysWhatItSaid() {
        assertThatThrownBy(() -> up("""
                        services:
                          web:
                            image: localhost/host
                            command: sleep 1000
                            post_start:
                              - {command: [sh, -c, 'echo no such table >&2; exit 3']}
                              - {command: [touch, /never]}
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("web hook exited with status 3", "no such table");
        assertThat(state("p-web-1")).isEqualTo("running");
        assertThat(engine().exec("p-web-1", "ls", "/never")).startsWith("2: ");
    }

    @Test
    void aSignalThatIsSurvivedDoesNotEndTheRestartPolicy() throws Exception {
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sh -c 'trap "echo not yet" TERM; while ! test -e /end; do sleep 0.02; done; exit 1'
                    restart: always
                    stop_grace_period: 1ms
                """);
        var begun = engine().container("p-web-1").startedAt();
        await().until(() -> {
            engine().engine().containers().kill("p-web-1", "TERM");
            return engine().logs().contains("web-1 STDOUT not yet");
        });
        await().untilAsserted(() -> {
            if (state("p-web-1").equals("running")) {
                engine().exec("p-web-1", "touch", "/end");
            }
            assertThat(engine().container("p-web-1").startedAt()).isNotEqualTo(begun);
        });
    }
}

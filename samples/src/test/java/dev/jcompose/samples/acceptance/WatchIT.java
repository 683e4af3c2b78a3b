package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** A person edits files while jcompose watches them. */
@RequiresRoot
class WatchIT extends AcceptanceScenario {
    private static final String STACK = """
            name: edited
            services:
              web:
                image: localhost/host
                command: sh -c "cat /etc/app/* 2>/dev/null; echo began; exec sleep 1000"
                init: true
                stop_grace_period: 1s
                develop:
                  watch:
            %s
            """;

    private void writeRules(String rules) throws IOException {
        write("compose.yaml", STACK.formatted(rules.stripIndent().indent(8)));
    }

    /** In one step, as editors do it: on a busy machine two may be two changes. */
    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Path written = Files.writeString(folder.resolve("written"), text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Jcompose.Running watch(String... arguments) throws Exception {
        Jcompose.Running watch = jcompose.start(arguments);
        await().untilAsserted(() -> assertThat(watch.out() + watch.err()).contains("Watch enabled"));
        return watch;
    }

    private static void end(Jcompose.Running watch) throws Exception {
        watch.interrupt();
        assertThat(watch.await().exitCode()).isEqualTo(130);
    }

    private String inWeb(String... command) throws Exception {
        String[] all = new String[command.length + 3];
        System.arraycopy(new String[] {"exec", "-T", "web"}, 0, all, 0, 3);
        System.arraycopy(command, 0, all, 3, command.length);
        Jcompose.Result result = jcompose.run(all);
        return result.exitCode() + ":" + result.out();
    }

    @Test
    void filesThatChangeAreCopiedAndThoseThatGoAreRemoved() throws Exception {
        write("src/old", "1");
        writeRules("""
                - {path: ./src, action: sync, target: /app, ignore: ["*.log", build/], initial_sync: true}
                - {path: ./styles, action: sync, target: /styles, include: ["*.css", "**/*.css"]}
                """);
        Jcompose.Running watch = watch("watch");
        assertThat(watch.err()).contains("Container edited-web-1 Started");
        assertThat(inWeb("cat", "/app/old")).as("the initial sync").isEqualTo("0:1");

        write("src/new/deep/file", "2");
        write("src/a.log", "x");
        write("src/build/out", "x");
        write("styles/a/b.css", "3");
        write("styles/a/b.txt", "x");
        await().untilAsserted(() -> assertThat(inWeb("cat", "/app/new/deep/file", "/styles/a/b.css"))
                .isEqualTo("0:23"));
        assertThat(watch.out()).contains("Syncing service \"web\" after ").contains(" changes were detected\n");
        assertThat(inWeb("ls", "-A", "/app")).isEqualTo("0:new\nold\n");
        assertThat(inWeb("ls", "-A", "/styles/a")).isEqualTo("0:b.css\n");

        Files.move(folder.resolve("src/new"), folder.resolve("src/moved"));
        Files.delete(folder.resolve("src/old"));
        await().untilAsserted(
                        () -> assertThat(inWeb("find", "/app", "-type", "f")).isEqualTo("0:/app/moved/deep/file\n"));
        end(watch);
        assertThat(watch.out()).endsWith("Watch disabled\n");
    }

    @Test
    void aServiceIsRestartedOrACommandRunAfterTheCopy() throws Exception {
        writeRules("""
                - {path: ./conf, action: sync+restart, target: /etc/app}
                - {path: ./restart.me, action: restart}
                - path: ./hook
                  action: sync+exec
                  target: /hook
                  exec: {command: [sh, -c, 'echo "$$WORD" in $$PWD; id -un; cat /hook/*'], user: daemon,
                         working_dir: /tmp, environment: [WORD=ran]}
                """);
        Files.createDirectory(folder.resolve("conf"));
        Jcompose.Running watch = watch("watch", "--quiet");
        write("conf/app.conf", "configured\n");
        await().untilAsserted(() -> assertThat(watch.out()).contains("service(s) [\"web\"] restarted\n"));
        await().untilAsserted(() ->
                assertThat(jcompose.ok("logs", "--no-log-prefix", "web")).isEqualTo("began\nconfigured\nbegan\n"));

        write("hook/file", "hooked\n");
        await().untilAsserted(() -> assertThat(watch.out()).endsWith("ran in /tmp\ndaemon\nhooked\n"));

        write("restart.me", "");
        await().untilAsserted(() -> assertThat(jcompose.ok("logs", "--no-log-prefix", "web"))
                .isEqualTo("began\nconfigured\nbegan\nconfigured\nbegan\n"));
        end(watch);
    }

    @Test
    void anImageIsBuiltAgainAndUpGoesOnWithTheNewContainer() throws Exception {
        write(
                "Dockerfile",
                "FROM localhost/host\nCOPY src /app\nCMD [\"sh\", \"-c\", \"cat /app/word; exec sleep 1000\"]\n");
        write("src/word", "first\n");
        write("compose.yaml", """
                name: edited
                services:
                  web:
                    build: .
                    init: true
                    stop_grace_period: 1s
                    develop:
                      watch: [{path: ./src, action: rebuild}]
                """);
        Jcompose.Running up = watch("up", "--watch");
        await().untilAsserted(() -> assertThat(up.out()).contains("web-1  | first\n"));
        String old = jcompose.ok("images", "-q");

        write("src/word", "second\n");
        await().untilAsserted(() -> assertThat(up.out()).contains("web-1  | second\n"));
        assertThat(up.out())
                .contains(" ⦿ Watch enabled\n")
                .contains(" ⦿ Rebuilding service(s) [\"web\"] after changes were detected...\n")
                .contains(" ⦿ service(s) [\"web\"] successfully built\n");
        assertThat(jcompose.ok("ps", "--services")).isEqualTo("web\n");
        await().untilAsserted(() -> assertThat(jcompose.ok("image", "ls", "-a", "-q", "--no-trunc"))
                .as("what was replaced is pruned")
                .doesNotContain(old.strip()));

        write("Dockerfile", "FROM localhost/host\nRUN false\n");
        write("src/word", "third\n");
        await().untilAsserted(() -> assertThat(up.out() + up.err())
                .contains("Build failed. Error: ")
                .contains("Error handling changed files"));
        assertThat(jcompose.ok("ps", "--services")).as("the old one runs on").isEqualTo("web\n");
        end(up);
        assertThat(jcompose.ok("ps", "-q")).isEmpty();
    }

    @Test
    void whatCannotBeWatchedIsSaid() throws Exception {
        writeRules("- {path: ./src, action: rebuild}");
        assertThat(jcompose.run("watch").err())
                .isEqualTo("compose.yaml:10:18: services.web.develop.watch[0]: can't watch service \"web\" with action"
                        + " rebuild without a build context\n");
        writeRules("- {path: ./src, action: sync, target: /app, ignore: ['a[b']}");
        assertThat(jcompose.run("watch").err())
                .startsWith("compose.yaml:10:18: services.web.develop.watch[0]: \"a[b\" is not a pattern: unclosed [");
        write("compose.yaml", "name: edited\nservices: {web: {image: localhost/host, command: sleep 1000}}\n");
        assertThat(jcompose.run("watch").err())
                .isEqualTo("none of the selected services is configured for watch, consider setting a 'develop'"
                        + " section\n");
        assertThat(jcompose.run("up", "--watch").err())
                .isEqualTo("none of the selected services is configured for watch, see"
                        + " https://docs.docker.com/compose/how-tos/file-watch/\n");
        assertThat(jcompose.run("up", "--watch", "--no-build").err())
                .isEqualTo("--no-build and --watch are incompatible\n");
    }

    @Test
    void aProjectIsWatchedOnceAndContainersThatAreMissingAreNoReasonToEnd() throws Exception {
        writeRules("- {path: ./src, action: sync, target: /app}");
        Jcompose.Running watch = watch("watch", "--no-up");
        assertThat(jcompose.run("watch").err())
                .startsWith("cannot take exclusive lock for project \"edited\": process with PID ");
        write("src/file", "1");
        await().untilAsserted(() -> assertThat(watch.err()).contains("has no container to sync to"));
        jcompose.ok("up", "-d");
        write("src/file", "2");
        await().untilAsserted(() -> assertThat(inWeb("cat", "/app/file")).isEqualTo("0:2"));
        end(watch);
    }
}

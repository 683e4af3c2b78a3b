package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A person works with containers at a real terminal. */
@RequiresRoot
@EnabledIf(value = "isScriptHere", disabledReason = "needs script(1) of bsdutils")
class TerminalIT extends AcceptanceScenario {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String CTRL_P = "\u0010";
    private static final String CTRL_Q = "\u0011";
    private static final String CTRL_Z = "\u001a";

    /** The word is there when signals of the terminal go to it. */
    private static final String SLEEP = "sh -c 'echo go; exec sleep 1000'\n";

    /** Ends when the terminal has a size: it takes its time to get there. */
    private static final String UNTIL = "until stty size | grep '^%s$'; do sleep 0.1; done\n";

    private static final String STACK = """
            name: typed
            services:
              web:
                image: localhost/host
                command: sh -c "trap '' TERM; echo began; while true; do sleep 0.2; done"
                environment: {PS1: 'in> '}
                stop_grace_period: 20s
              shell:
                image: localhost/host
                command: sh -i
                stdin_open: true
                tty: true
                environment: {PS1: 'shell> '}
                stop_grace_period: 0s
                profiles: [shell]
                develop: {watch: [{path: ./src, action: sync, target: /src}]}
            """;

    static boolean isScriptHere() {
        return Files.exists(Path.of("/usr/bin/script"));
    }

    @BeforeEach
    void writeTheStack() throws IOException {
        write(STACK);
    }

    @AfterEach
    void removeAll() throws Exception {
        jcompose.ok("--profile", "shell", "kill");
        jcompose.ok("--profile", "shell", "down", "--remove-orphans", "-t", "0");
    }

    @Test
    void aShellInAContainerHasTheTerminalItsSizesItsSignalsAndItsExitCode() throws Exception {
        jcompose.ok("up", "-d");
        try (TypedTerminal terminal = jcompose.typed("exec web sh")) {
            terminal.sees("in> ").types("stty size; tty\n").sees("30 100\n").sees("/dev/pts/");
            terminal.sees("in> ")
                    .resizes(41, 123)
                    .types(UNTIL.formatted("41 123"))
                    .sees("\n41 123\n");
            terminal.sees("in> ")
                    .types(SLEEP)
                    .sees("\ngo\n")
                    .types(CTRL_C)
                    .sees("in> ")
                    .types("echo $?\n")
                    .sees("130\n");
            terminal.sees("in> ")
                    .types(SLEEP)
                    .sees("\ngo\n")
                    .types(CTRL_Z)
                    .sees("Stopped")
                    .sees("in> ");
            terminal.types("jobs\n")
                    .sees("Stopped")
                    .sees("in> ")
                    .types("kill %1; bg\n")
                    .sees("in> ");
            terminal.types("sh -c 'exit 7'; exit $?\n");
            terminal.ends(7);
        }
        try (TypedTerminal terminal = jcompose.typed("exec -e WHO=me -u daemon -w /tmp web sh; stty -a")) {
            terminal.sees("> ")
                    .types("echo $WHO:$PWD:$(id -un)\n")
                    .sees("me:/tmp:daemon\n")
                    .types(CTRL_D);
            terminal.sees("isig icanon").sees(" echo ");
            terminal.ends(0);
        }
    }

    @Test
    void whoLeavesByTheDetachKeysFindsTheShellAgain() throws Exception {
        jcompose.ok("--profile", "shell", "up", "-d", "shell");
        try (TypedTerminal terminal = jcompose.typed("attach shell")) {
            terminal.types("X=kept\n").sees("shell> ").types(CTRL_P + CTRL_Q).sees("read escape sequence");
            terminal.ends(0);
        }
        assertThat(jcompose.ok("ps", "--services")).isEqualTo("shell\n");
        try (TypedTerminal terminal = jcompose.typed("attach --detach-keys ctrl-x,x shell")) {
            terminal.types("echo $X; stty size\n")
                    .sees("kept\n")
                    .sees("30 100\n")
                    .types("\u0018x");
            terminal.ends(0);
        }
        try (TypedTerminal terminal = jcompose.typed("attach shell")) {
            terminal.types("exit 5\n");
            terminal.ends(5);
        }
    }

    @Test
    void aOneOffContainerIsTypedInto() throws Exception {
        try (TypedTerminal terminal = jcompose.typed("run --rm -e A=1 -w /tmp --name mine web sh")) {
            terminal.sees("in> ")
                    .types("echo $A $PWD $(hostname); stty size\n")
                    .sees("1 /tmp ")
                    .sees("30 100\n");
            terminal.sees("in> ")
                    .resizes(25, 70)
                    .types(UNTIL.formatted("25 70"))
                    .sees("\n25 70\n");
            terminal.sees("in> ")
                    .types(SLEEP)
                    .sees("\ngo\n")
                    .types(CTRL_C)
                    .sees("in> ")
                    .types(CTRL_D);
            terminal.ends(130);
        }
        assertThat(jcompose.ok("ps", "-a", "-q")).as("--rm").isEmpty();
    }

    @Test
    void upHasKeysAndTheSecondCtrlCKills() throws Exception {
        try (TypedTerminal terminal = jcompose.typed("--profile shell up web shell")) {
            terminal.sees("Enable Watch").types("w").sees("Watch enabled").sees("Disable Watch");
            Files.createDirectory(folder.resolve("src"));
            Files.writeString(folder.resolve("src/file"), "synced");
            terminal.sees("Syncing service \"shell\" after");
            await().untilAsserted(() -> assertThat(
                            jcompose.ok("--profile", "shell", "exec", "-T", "shell", "cat", "/src/file"))
                    .isEqualTo("synced"));
            terminal.types("w").sees("Watch disabled").types("d");
            terminal.ends(0);
        }
        assertThat(jcompose.ok("--profile", "shell", "ps", "--services"))
                .as("detached")
                .isEqualTo("shell\nweb\n");
        try (TypedTerminal terminal = jcompose.typed("up")) {
            terminal.sees("Detach").types(CTRL_C).sees("Gracefully Stopping... press Ctrl+C again to force");
            terminal.sees("Stopping").types(CTRL_C).sees("Killing").sees("web-1 exited with code 137");
            terminal.ends(130);
        }
    }

    @Test
    void withoutTheMenuNothingButOutputIsOnTheScreen() throws Exception {
        try (TypedTerminal terminal = jcompose.with("COMPOSE_MENU", "false").typed("up; stty -a")) {
            terminal.sees("began\n");
            assertThat(terminal.screen()).doesNotContain("Enable Watch");
            terminal.types(CTRL_C)
                    .sees("Stopping")
                    .types(CTRL_C)
                    .sees("isig icanon")
                    .sees(" echo ");
            terminal.ends(0);
        }
    }
}

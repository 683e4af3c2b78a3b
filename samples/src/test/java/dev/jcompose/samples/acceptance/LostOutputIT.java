package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commands whose output goes to a full disk, or into a pipe that is closed before the command ends. */
@RequiresRoot
class LostOutputIT extends SharedEngineScenario {
    private static final String FULL = "write to standard output: ";
    private static final String TICKS = "sh -c 'while echo tick; do sleep 0.05; done'";

    @BeforeAll
    void up() throws Exception {
        write("""
                name: lost
                services:
                  ticker:
                    image: localhost/host
                    command: sh -c 'while echo tick; do sleep 0.05; done'
                    stop_grace_period: 0s
                """);
        jcompose.ok("up", "-d");
    }

    @Test
    void aFullDiskIsAFailureThatIsSaid() throws Exception {
        for (String command : new String[] {"ps", "config", "exec -T ticker echo hi", "logs -f", "up"}) {
            Jcompose.Result result = jcompose.line("jcompose " + command + " > /dev/full");

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
            assertThat(result.err()).contains(FULL, "No space left on device");
        }
    }

    @Test
    void aFullDiskIsAFailureWhereNoEngineRuns() throws Exception {
        Files.createDirectory(folder.resolve("cold"));
        Jcompose cold = jcompose.with("JCOMPOSE_RUN_DIR", folder.resolve("cold").toString());

        Jcompose.Result result = cold.line("jcompose config > /dev/full");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo(FULL + "No space left on device\n");
    }

    @Test
    void whatNobodyReadsAnyMoreEndsAsIfBySigpipe() throws Exception {
        for (String command : new String[] {"up", "logs -f", "attach ticker", "exec -T ticker " + TICKS}) {
            Jcompose.Result result = jcompose.line("jcompose " + command + " | head -n 1");

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(141);
            assertThat(result.out().lines()).hasSize(1);
            assertThat(jcompose.ok("ps", "--services")).as(command).isEqualTo("ticker\n");
        }
    }
}

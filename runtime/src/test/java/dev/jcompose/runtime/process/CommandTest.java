package dev.jcompose.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Arch;
import dev.jcompose.runtime.launch.LaunchCalls;
import dev.jcompose.runtime.launch.LaunchProgramBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    @ParameterizedTest
    @CsvSource({
        "PATH=/a:/b, run, /a/run /b/run",
        "PATH=/a::/b:, run, /a/run /b/run",
        "PATH=/a, ./run, ./run",
        "PATH=/a, /x/run, /x/run",
        "PATH=, run, /run",
        "X=1, run, /usr/local/sbin/run /usr/local/bin/run /usr/sbin/run /usr/bin/run /sbin/run /bin/run"
    })
    void aNameWithoutASlashIsTriedInEachDirectoryOfPath(String variable, String name, String tried) {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.X86_64);

        new Command(List.of(name, "-v"), List.of(variable)).addTo(new LaunchCalls(builder));

        assertThat(builder.describeCalls().stream()
                        .filter(call -> call.contains("execve"))
                        .map(call -> call.replaceAll(".*execve\\(([^,]*),.*", "$1")))
                .containsExactly(tried.split(" "));
    }

    @Test
    void homeIsAddedUnlessItIsThere() {
        assertThat(Command.withHome(List.of("A=1"), "/home/x")).containsExactly("A=1", "HOME=/home/x");
        assertThat(Command.withHome(List.of("HOME="), "/home/x")).containsExactly("HOME=");
    }
}

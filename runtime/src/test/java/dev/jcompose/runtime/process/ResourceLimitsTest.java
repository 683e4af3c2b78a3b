package dev.jcompose.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Arch;
import dev.jcompose.runtime.container.Rlimit;
import dev.jcompose.runtime.launch.LaunchCalls;
import dev.jcompose.runtime.launch.LaunchProgramBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceLimitsTest {
    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max core file size        0                    unlimited            bytes
            Max open files            %s  files
            """;

    private final LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.X86_64);

    @ParameterizedTest
    @CsvSource({
        "20000 20000, 1024:20000",
        "1024 1048576, 1024:524288",
        "1024 unlimited, 1024:524288",
        "100 512, 512:512"
    })
    void openFilesAreLimitedButNeverAboveTheEnginesOwnLimit(String own, String expected) {
        ResourceLimits.parse(LIMITS.formatted(own)).addTo(new LaunchCalls(builder), List.of());

        assertThat(builder.describeCalls())
                .containsExactly("set the limit NOFILE to " + expected + ": prlimit64(0, 7, " + expected + ", 0)");
    }

    @Test
    void aGivenLimitReplacesTheDefault() {
        ResourceLimits.parse(LIMITS.formatted("20000 20000"))
                .addTo(new LaunchCalls(builder), List.of(new Rlimit(Rlimit.Kind.NOFILE, 5, 6)));

        assertThat(builder.describeCalls()).containsExactly("set the limit NOFILE to 5:6: prlimit64(0, 7, 5:6, 0)");
    }
}

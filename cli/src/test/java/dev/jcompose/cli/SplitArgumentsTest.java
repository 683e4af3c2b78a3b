package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitArgumentsTest {
    @ParameterizedTest
    @CsvSource({
        "ps -a, 0",
        "-f x.yaml ps -a, 2",
        "--file=x.yaml --dry-run ps, 2",
        "-p a -f - up -d, 4",
        "--debug, 1",
        "-f, 1"
    })
    void theCommandIsTheFirstWordThatBelongsToNoOption(String arguments, int expected) {
        assertThat(SplitArguments.global(List.of(arguments.split(" ")))).hasSize(expected);
    }
}

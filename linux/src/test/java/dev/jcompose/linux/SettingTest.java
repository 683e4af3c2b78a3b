package dev.jcompose.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingTest {
    @Test
    void numbersOfSeveralDigitsAreReadWhole() throws IOException {
        assertThat(Integer.parseInt(Setting.read(Path.of("/proc/sys/kernel/pid_max"))))
                .as("the kernel's smallest maximum")
                .isGreaterThanOrEqualTo(301);
    }

    @Test
    void wordsAreReadToo() throws IOException {
        assertThat(Setting.read(Path.of("/proc/sys/kernel/ostype"))).isEqualTo("Linux");
    }
}

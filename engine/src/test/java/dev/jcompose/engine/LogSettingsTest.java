package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSettingsTest {
    @Test
    void theEnvironmentChoosesTheLevel() {
        assertThat(LogSettings.level(Map.of("JCOMPOSE_LOG_LEVEL", "Debug"))).isEqualTo("debug");
        assertThat(LogSettings.level(Map.of("JCOMPOSE_LOG_LEVEL", "off"))).isEqualTo("off");
    }

    @Test
    void whatIsNoLevelAndNothingMeanTheUsualOne() {
        assertThat(LogSettings.level(Map.of("JCOMPOSE_LOG_LEVEL", "loud"))).isEqualTo("info");
        assertThat(LogSettings.level(Map.of())).isEqualTo("info");
    }
}

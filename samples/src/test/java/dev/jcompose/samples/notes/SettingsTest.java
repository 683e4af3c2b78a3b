package dev.jcompose.samples.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void listensOnPort8080UnlessToldOtherwise() {
        assertThat(Settings.of(Map.of("DB_URL", "u", "DB_USER", "n", "DB_PASSWORD", "p")))
                .isEqualTo(new Settings(8080, "u", "n", "p"));
        assertThat(Settings.of(Map.of("DB_URL", "u", "DB_USER", "n", "DB_PASSWORD", "p", "PORT", "81"))
                        .port())
                .isEqualTo(81);
    }

    @Test
    void namesTheVariableThatIsMissing() {
        assertThatThrownBy(() -> Settings.of(Map.of("DB_URL", "u", "DB_USER", "n")))
                .hasMessage("DB_PASSWORD is not set");
    }

    @Test
    void quotesAPortThatIsNone() {
        assertThatThrownBy(() -> Settings.of(Map.of("PORT", "65536"))).hasMessageContaining("\"65536\"");
        assertThatThrownBy(() -> Settings.of(Map.of("PORT", "-1"))).hasMessageContaining("\"-1\"");
    }
}

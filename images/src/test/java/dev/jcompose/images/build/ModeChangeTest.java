package dev.jcompose.images.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ModeChangeTest {
    @Test
    void octalModesReplaceAll() {
        assertThat(ModeChange.parse("755").apply(0600, false)).isEqualTo(0755);
        assertThat(ModeChange.parse("4711").apply(0, false)).isEqualTo(04711);
    }

    @Test
    void symbolicModesChangeWhatTheyName() {
        assertThat(ModeChange.parse("go-w,u+x").apply(0666, false)).isEqualTo(0744);
        assertThat(ModeChange.parse("a=rX").apply(0600, false)).isEqualTo(0444);
        assertThat(ModeChange.parse("a=rX").apply(0600, true)).isEqualTo(0555);
        assertThat(ModeChange.parse("g=u").apply(0640, false)).isEqualTo(0660);
        assertThat(ModeChange.parse("u+s,+t").apply(0755, false)).isEqualTo(05755);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> ModeChange.parse("89")).hasMessageContaining("neither an octal mode");
        assertThatThrownBy(() -> ModeChange.parse("u~x")).hasMessageContaining("nor a symbolic one");
    }

    @Test
    void durationsAreThoseOfGo() {
        assertThat(GoDuration.parse("1h2m3.5s")).isEqualTo(Duration.parse("PT1H2M3.5S"));
        assertThatThrownBy(() -> GoDuration.parse("5")).hasMessageContaining("is not a duration");
    }
}

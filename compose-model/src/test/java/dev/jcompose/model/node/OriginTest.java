package dev.jcompose.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void tellsStepsInOrderAndEachOnce() {
        assertThat(Origin.join(null, "a")).isEqualTo("a");
        assertThat(Origin.join("a", null)).isEqualTo("a");
        assertThat(Origin.join("a", "b")).isEqualTo("a\nb");
        assertThat(Origin.join("a\nb", "b")).isEqualTo("a\nb");
    }

    @Test
    void keepsTheBeginningOfALongWay() {
        String way = "first";
        for (int i = 0; i < 1_000; i++) {
            way = Origin.join(way, "inherited by extends at compose.yaml:" + i + ":1");
        }

        assertThat(way).startsWith("first\ninherited").endsWith("\nand so on").hasSizeLessThan(2_100);
    }
}

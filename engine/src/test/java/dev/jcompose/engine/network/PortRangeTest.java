package dev.jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.PortMapping;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortRangeTest {

    @Test
    void nothingIsAnyPort() {
        assertThat(of(null)).isEqualTo(new PortRange(0, 0));
        assertThat(of("")).isEqualTo(new PortRange(0, 0));
    }

    @Test
    void aNumberIsThatPort() {
        assertThat(of("8080")).isEqualTo(new PortRange(8080, 8080));
    }

    @Test
    void aRangeIsFromFirstToLast() {
        assertThat(of("8080-8090")).isEqualTo(new PortRange(8080, 8090));
    }

    private static PortRange of(@Nullable String published) {
        return PortRange.of(new PortMapping(null, "ingress", null, 80, published, "tcp", null));
    }
}

package dev.jcompose.engine.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeysTest {
    private final ByteArrayOutputStream through = new ByteArrayOutputStream();
    private final AtomicInteger detached = new AtomicInteger();

    private void type(String keys, String... pieces) throws Exception {
        try (OutputStream watched = DetachKeys.parse(keys).watch(through, detached::incrementAndGet)) {
            for (String piece : pieces) {
                watched.write(piece.getBytes(UTF_8));
            }
        }
    }

    @Test
    void theKeysAreFoundAlsoInPiecesAndKeptFromTheCommand() throws Exception {
        type("", "ab\20", "\21rest");

        assertThat(detached).hasValue(1);
        assertThat(through.toString(UTF_8)).isEqualTo("ab");
    }

    @Test
    void aBeginningThatDoesNotGoOnReachesTheCommand() throws Exception {
        type("ctrl-p,ctrl-q", "\20x\20\20", "y");

        assertThat(detached).hasValue(0);
        assertThat(through.toString(UTF_8)).isEqualTo("\20x\20\20y");
    }

    @Test
    void anyKeysCanBeTaken() throws Exception {
        type("a,ctrl-],b", "a\35b");

        assertThat(detached).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctrl-", "ctrl-pp", "abc", "ctrl-1", "a,,b"})
    void whatIsNoKeyIsNamed(String keys) {
        assertThatThrownBy(() -> DetachKeys.parse(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("invalid detach keys (" + keys + ")");
    }
}

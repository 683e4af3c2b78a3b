package dev.jcompose.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void readsEveryKindOfValue() {
        assertThat(JsonReader.read("{\"a\": [1, -2.5, true, null, \"x\\n\\u0041\\\"\"], \"b\": {}, \"c\": []}")
                        .plain())
                .hasToString("{a=[1, -2.5, true, null, x\nA\"], b={}, c=[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "{\"a\"}", "nul", "1 2", "{a: 1}", "\"x", "[1 2]", "\"\\u00"})
    void rejectsWhatIsNotJson(String text) {
        assertThatThrownBy(() -> JsonReader.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsDeepNesting() {
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000))).hasMessageContaining("nested deeper");
    }
}

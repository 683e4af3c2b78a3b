package dev.jcompose.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    @Test
    void whatIsWrittenCanBeRead() {
        JsonObject written = JsonObject.create()
                .put("text", "a\"\\\n\u0001ü😀")
                .put("number", 1L << 40)
                .put("fraction", 1.5)
                .put("flag", true)
                .put("none", null)
                .put("time", Instant.EPOCH)
                .put("list", List.of("a", "b"))
                .put("map", Map.of("k", "v"))
                .put("object", JsonObject.create().put("x", 1));

        JsonObject read = JsonObject.parse(written.toString());

        assertThat(read.string("text")).isEqualTo("a\"\\\n\u0001ü😀");
        assertThat(read.number("number")).isEqualTo(1L << 40);
        assertThat(read.flag("flag")).isTrue();
        assertThat(read.has("none")).isFalse();
        assertThat(read.instant("time")).isEqualTo(Instant.EPOCH);
        assertThat(read.strings("list")).containsExactly("a", "b");
        assertThat(read.stringMap("map")).isEqualTo(Map.of("k", "v"));
        assertThat(read.object("object").integer("x", 0)).isEqualTo(1);
        assertThat(read).hasToString(written.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"a\":}", "{'a':1}", "nonsense"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> JsonObject.parse(text)).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void aMemberThatIsMissingOrOfAnotherTypeIsNamed() {
        JsonObject json = JsonObject.parse("{\"a\":1,\"big\":99999999999}");

        assertThatThrownBy(() -> json.string("b")).hasMessage("\"b\" is missing");
        assertThatThrownBy(() -> json.string("a")).hasMessage("\"a\" is not of type string: 1");
        assertThatThrownBy(() -> json.integer("big", 0)).hasMessage("\"big\" is too large: 99999999999");
    }
}

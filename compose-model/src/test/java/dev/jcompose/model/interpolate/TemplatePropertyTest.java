package dev.jcompose.model.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Templates made at random, of which it is known how they are to come out. */
class TemplatePropertyTest {
    private static final Map<String, String> VARIABLES = Map.of("SET", "s", "DOLLAR", "$SET", "EMPTY", "");
    private static final List<String> NAMES = List.of("SET", "DOLLAR", "EMPTY", "UNSET");
    private static final List<String> LITERALS = List.of("a", ":-", "?x", "{\"k\": [1]}", " ", "é", "-", "/+", "\n");

    /**
     * A piece of a template.
     *
     * @param text as it is written
     * @param value as it is to come out
     */
    private record Piece(String text, String value) {}

    private final Random random = new Random(42);

    @Test
    void everyTemplateComesOutAsItWasMeant() {
        Template template = new Template(VARIABLES::get, name -> {});
        for (int i = 0; i < 20_000; i++) {
            Piece piece = pieces(4);
            assertThat(template.substitute(piece.text)).as(piece.text).isEqualTo(piece.value);
        }
    }

    private Piece pieces(int depth) {
        StringBuilder text = new StringBuilder();
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Piece piece = piece(depth);
            text.append(piece.text);
            value.append(piece.value);
        }
        return new Piece(text.toString(), value.toString());
    }

    private Piece piece(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 3)) {
            case 0 -> {
                String literal = any(LITERALS);
                yield new Piece(literal, literal);
            }
            case 1 -> new Piece("$$", "$");
            case 2 -> {
                String name = any(NAMES);
                String value = VARIABLES.getOrDefault(name, "");
                // What follows a bare name must not be part of a name.
                yield random.nextBoolean()
                        ? new Piece("${" + name + "}", value)
                        : new Piece("$" + name + ".", value + ".");
            }
            default -> expression(any(NAMES), random.nextBoolean(), depth - 1);
        };
    }

    private Piece expression(String name, boolean colon, int depth) {
        Piece operand = pieces(depth);
        String value = VARIABLES.get(name);
        boolean present = value != null && !(colon && value.isEmpty());
        String given = value == null ? "" : value;
        String start = "${" + name + (colon ? ":" : "");
        return switch (random.nextInt(present ? 3 : 2)) {
            case 0 -> new Piece(start + "-" + operand.text + "}", present ? given : operand.value);
            case 1 -> new Piece(start + "+" + operand.text + "}", present ? operand.value : given);
            default -> new Piece(start + "?" + operand.text + "}", given);
        };
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}

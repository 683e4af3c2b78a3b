package dev.jcompose.model.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

class YamlWriterTest {

    @Test
    void quotesOnlyWhereYamlNeedsIt() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String text :
                List.of("plain", "y", "80", "1.5", "0x1", "22:22", "a: b", "# x", "", "-x", "it's", "true", "*a")) {
            map.put("k" + map.size(), text);
        }

        assertThat(YamlWriter.write(map)).isEqualTo("""
                        k0: plain
                        k1: "y"
                        k2: "80"
                        k3: "1.5"
                        k4: "0x1"
                        k5: "22:22"
                        k6: "a: b"
                        k7: "# x"
                        k8: ""
                        k9: -x
                        k10: it's
                        k11: "true"
                        k12: "*a"
                        """);
    }

    @Test
    void writesBlocksListsAndEmptyCollections() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("text", "a\n  b\n");
        map.put("list", List.of("x", Map.of("k", 1L), List.of(2L), List.of()));
        map.put("none", null);
        map.put("empty", Map.of());

        assertThat(YamlWriter.write(map)).isEqualTo("""
                        text: |
                          a
                            b
                        list:
                          - x
                          - k: 1
                          - - 2
                          - []
                        none: null
                        empty: {}
                        """);
    }

    /** Any tree of values is read as what was written. */
    @Test
    void readsWhatItWrites() {
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put(text(random), value(random, 0));
            map.put("k", value(random, 0));
            String yaml = YamlWriter.write(map);

            assertThat(YamlReader.read("f", yaml).get(0).plain()).as(yaml).isEqualTo(map);
        }
    }

    /** So does a program that reads YAML with a library of its own. */
    @Test
    void anotherReaderReadsTheSame() {
        Random random = new Random(4);
        YAMLMapper jackson = YAMLMapper.builder()
                .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                .build();
        for (int i = 0; i < 1_000; i++) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put(text(random), value(random, 0));
            String yaml = YamlWriter.write(map);

            assertThat(jackson.readValue(yaml, Object.class)).as(yaml).isEqualTo(map);
        }
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextBoolean() ? null : random.nextBoolean();
            case 5 -> list(random, depth);
            case 6 -> map(random, depth);
            default -> text(random);
        };
    }

    private static List<@Nullable Object> list(Random random, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            list.add(value(random, depth + 1));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Random random, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            map.put(text(random), value(random, depth + 1));
        }
        return map;
    }

    private static String text(Random random) {
        String alphabet = "abyn01 \n\t:#-'\"\\{}[],&*!|>%@`?~=._\u00e4\u2028\u0007\u0085";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void charactersThatYamlDoesNotAllowAreEscaped() {
        String text = "a\u0080\u0085\u2028\u2029\ufeff\u007f";

        String yaml = YamlWriter.write(Map.of("k", text));

        assertThat(yaml).isEqualTo("k: \"a\\u0080\\u0085\\u2028\\u2029\\uFEFF\\u007F\"\n");
        assertThat(YamlReader.read("f.yaml", yaml))
                .singleElement()
                .satisfies(node -> assertThat(node.plain()).isEqualTo(Map.of("k", text)));
    }
}

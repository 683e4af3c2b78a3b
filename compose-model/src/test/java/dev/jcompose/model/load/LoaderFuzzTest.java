package dev.jcompose.model.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.write.ProjectReader;
import dev.jcompose.model.write.ProjectWriter;
import dev.jcompose.model.yaml.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mutates the files of the pitfall cases: whatever a file says, loading gives a project or the loader's own exception,
 * each problem with a text, and what loads can be written and read again. Seeds are fixed, so a failure can be
 * repeated.
 */
class LoaderFuzzTest {
    private static final String[] WORDS = {
        "null",
        "[]",
        "{}",
        "!reset null",
        "!override",
        "&a",
        "*a",
        "<<: *a",
        "${A",
        "${A:-",
        "$",
        "true",
        "-1",
        "1e9",
        "\"",
        "'",
        "services:",
        "extends:",
        "include:",
        "- x",
        "depends_on: [a]",
        "  ",
        "\n",
        ":",
        "0x",
        "9999999999999",
        "~",
        "x-a:",
        "networks:",
        "volumes:",
        "a:b:c:d",
        "1-2:3-4",
        "file: /dev/null",
        "raw",
        "[[[",
        "? a",
        "%",
        "|",
        ">"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Timeout(60)
    void mutatedFilesGiveAProjectOrProblems(long seed) throws IOException {
        List<String> files = files();
        Random random = new Random(seed);
        int loaded = 0;
        for (int i = 0; i < Integer.getInteger("fuzz.rounds", 400); i++) {
            String text = mutated(files, random);
            String override = random.nextInt(3) == 0 ? mutated(files, random) : "";
            LoadOptions options = LoadOptions.DEFAULT
                    .interpolate(random.nextInt(5) > 0)
                    .checkConsistency(random.nextInt(5) > 0)
                    .allResources(random.nextBoolean());
            try {
                LoadResult result = new ComposeLoader().load(request(text, override, options));
                String json = ProjectWriter.toJson(result.project());
                assertThat(ProjectReader.fromJson(json)).as(text).isEqualTo(result.project());
                loaded++;
            } catch (ComposeFileException e) {
                assertThat(e.problems()).as(text).isNotEmpty();
                assertThat(e.problems())
                        .as(text)
                        .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(
                        "seed " + seed + ", round " + i + ":\n" + text + "\n---- over it:\n" + override, e);
            }
        }
        assertThat(loaded).isPositive();
    }

    private static LoadRequest request(String text, String override, LoadOptions options) {
        return LoadRequest.builder(Path.of("/nonexistent/project"))
                .files(List.of(new ComposeSource("compose.yaml", text), new ComposeSource("b.yaml", override)))
                .options(options)
                .environment(Map.of("A", "1", "V", "value"))
                .build();
    }

    private static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/pit/cases.jsonl"))) {
            if (((MappingNode) JsonReader.read(line)).get("files") instanceof MappingNode texts) {
                texts.entries()
                        .values()
                        .forEach(entry -> files.add(String.valueOf(entry.value().plain())));
            }
        }
        files.add(Files.readString(Path.of("src/test/resources/every-attribute.yaml")));
        return files;
    }

    private static String mutated(List<String> files, Random random) {
        StringBuilder text = new StringBuilder(files.get(random.nextInt(files.size())));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
                case 1 -> text.delete(at, end);
                case 2 -> text.replace(at, end, WORDS[random.nextInt(WORDS.length)]);
                case 3 -> line(text, random);
                default -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
            }
        }
        return text.toString();
    }

    /** Replaces the value of a line, so that the text is more often YAML. */
    private static void line(StringBuilder text, Random random) {
        int colon = text.indexOf(": ", random.nextInt(text.length() + 1));
        if (colon >= 0) {
            int end = text.indexOf("\n", colon);
            text.replace(colon + 2, end < 0 ? text.length() : end, WORDS[random.nextInt(WORDS.length)]);
        }
    }
}

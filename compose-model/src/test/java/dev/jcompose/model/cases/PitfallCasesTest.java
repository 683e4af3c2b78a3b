package dev.jcompose.model.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases that were written for this project: what a naive implementation gets wrong. */
class PitfallCasesTest {

    @TempDir
    Path scratch = Path.of("");

    @Test
    void loadsEveryPitfallAsTheReferenceDoes() throws IOException {
        Path folder = Path.of("src/test/resources/pit");

        CaseCheck check =
                new CaseCheck(folder.resolve("cases.jsonl"), folder.resolve("models.jsonl"), scratch, Map.of());

        assertThat(check.failures()).as(check.toString()).isEmpty();
    }
}

package dev.jcompose.model.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every case of the specification's corpus, where it is present beside the project. */
class SpecCasesTest {
    /** Where this loader differs from the reference on purpose. */
    private static final Map<String, String> ON_PURPOSE = Map.of(
            "cgo/loader/loader/TestXService", "the reference prints x- keys below a service's networks as #extensions");

    @TempDir
    Path scratch = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"cases", "cases-pitfalls"})
    void loadsEveryCaseAsTheReferenceDoes(String name) throws IOException {
        Path folder = folder();
        Path models = folder.resolve(name.replace("cases", "golden") + ".jsonl");

        CaseCheck check = new CaseCheck(folder.resolve(name + ".jsonl"), models, scratch, ON_PURPOSE);

        System.out.println(name + ": " + check);
        assertThat(check.failures()).isEmpty();
    }

    /** Found by path from the module's directory, upwards. */
    private static Path folder() {
        for (Path each = Path.of("").toAbsolutePath(); each != null; each = each.getParent()) {
            Path folder = each.resolve("shared/spec/cases");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        assumeTrue(false, "the folder shared/spec/cases is not beside the project");
        throw new IllegalStateException("not reached");
    }
}

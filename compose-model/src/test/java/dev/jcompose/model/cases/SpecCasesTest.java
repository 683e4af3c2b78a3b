package dev.jcompose.model.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every case of the specification's corpus, where it is present beside the project. */
class SpecCasesTest {

    /** Where this loader differs from the reference on purpose. */
    private static final Map<String, String> ON_PURPOSE = Map.of(
            "cgo/loader/extends/TestExtendsNil",
            "extending a null service leaves `extends` in the reference's output",
            "cgo/loader/loader/TestXService",
            "the reference prints x- keys below a service's networks as #extensions");

    @TempDir
    Path scratch = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"cases", "cases-pitfalls"})
    void loadsEveryCaseAsTheReferenceDoes(String name) throws IOException {
        Path folder = folder();
        List<String> failures = new ArrayList<>();
        Map<String, @Nullable Object> models =
                SpecCase.readModels(folder.resolve(name.replace("cases", "golden") + ".jsonl"));
        List<SpecCase> cases = SpecCase.read(folder.resolve(name + ".jsonl"));
        int number = 0;
        int soft = 0;
        for (SpecCase spec : cases) {
            CaseRun run = CaseRun.of(spec, Files.createDirectories(scratch.resolve("run" + number++)));
            List<String> differences = new ArrayList<>(run.differences(spec));
            if (differences.isEmpty() && spec.succeeds() && models.containsKey(spec.id())) {
                differences.addAll(run.differencesTo(models.get(spec.id())));
            }
            if (!differences.isEmpty() && spec.isStrict() && !ON_PURPOSE.containsKey(spec.id())) {
                failures.add(spec.id() + "\n    " + String.join("\n    ", differences));
            } else if (!differences.isEmpty()) {
                soft++;
            }
        }
        System.out.printf(
                "%s: %d of %d pass, %d differ where the case allows it%n",
                name, cases.size() - failures.size() - soft, cases.size(), soft);
        assertThat(failures).as("cases that differ from the reference").isEmpty();
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

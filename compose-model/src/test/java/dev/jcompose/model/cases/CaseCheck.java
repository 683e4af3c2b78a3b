package dev.jcompose.model.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the cases of one file, and compares outcomes, facts and whole models. */
final class CaseCheck {
    private final List<String> failures = new ArrayList<>();
    private int passed;
    private int allowed;

    /**
     * Runs all cases.
     *
     * @param cases the case file
     * @param models the whole models, by case id
     * @param scratch an empty directory
     * @param onPurpose ids of cases that may differ
     */
    CaseCheck(Path cases, Path models, Path scratch, Map<String, String> onPurpose) throws IOException {
        Map<String, @Nullable Object> golden = SpecCase.readModels(models);
        int number = 0;
        for (SpecCase spec : SpecCase.read(cases)) {
            CaseRun run = CaseRun.of(spec, Files.createDirectories(scratch.resolve("run" + number++)));
            List<String> differences = new ArrayList<>(run.differences(spec));
            if (differences.isEmpty() && spec.succeeds() && golden.containsKey(spec.id())) {
                differences.addAll(run.differencesTo(golden.get(spec.id())));
            }
            if (differences.isEmpty()) {
                passed++;
            } else if (!spec.isStrict() || onPurpose.containsKey(spec.id())) {
                allowed++;
            } else {
                failures.add(spec.id() + "\n    " + String.join("\n    ", differences));
            }
        }
    }

    List<String> failures() {
        return failures;
    }

    @Override
    public String toString() {
        return "%d pass, %d differ where they may, %d fail".formatted(passed, allowed, failures.size());
    }
}

package dev.jcompose.model.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({"wbe, web", "datbase, database", "we, web", "databases, database", "frontend,''", "x,''"})
    void theNearestNameIsSuggestedIfItIsNear(String typed, String expected) {
        assertThat(Suggestion.hint(typed, List.of("web", "database")))
                .isEqualTo(expected.isEmpty() ? "" : " (did you mean \"" + expected + "\"?)");
    }
}

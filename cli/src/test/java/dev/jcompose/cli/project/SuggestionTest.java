package dev.jcompose.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({"wbe, web", "datbase, database", "we, web", "databases, database", "frontend,", "x,"})
    void theNearestNameIsSuggestedIfItIsNear(String typed, String expected) {
        assertThat(Suggestion.nearest(typed, List.of("web", "database")).orElse(null))
                .isEqualTo(expected);
    }
}

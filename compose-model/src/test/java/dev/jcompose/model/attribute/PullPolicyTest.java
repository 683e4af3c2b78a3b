package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PullPolicyTest {

    @Test
    void ifNotPresentIsMissing() {
        assertThat(canonical("""
                        pull_policy: if_not_present
                        """)).isEqualTo("""
                        pull_policy: missing
                        """);
    }

    @Test
    void itIsOneOfTheKnown() {
        assertThat(problems("""
                        pull_policy: sometimes
                        """))
                .containsExactly(
                        "compose.yaml:4:18: services.a.pull_policy 'sometimes' does not match pattern 'always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+'");
    }

    @Test
    void itMayBeAPeriod() {
        assertThat(canonical("""
                        pull_policy: every_1w2d
                        """)).isEqualTo("""
                        pull_policy: every_1w2d
                        """);
    }
}

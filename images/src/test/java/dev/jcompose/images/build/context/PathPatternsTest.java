package dev.jcompose.images.build.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathPatternsTest {
    private static PathPatterns of(String... lines) {
        return PathPatterns.parse(List.of(lines));
    }

    @Test
    void aPatternAlsoMeansWhatIsBelow() {
        assertThat(of("/a/b/").matches("a/b/c")).isTrue();
        assertThat(of("a").matches("ab")).isFalse();
        assertThat(of("a").matches("x/a")).isFalse();
    }

    @Test
    void starsDoNotCrossDirectoriesAndDoubleStarsDo() {
        assertThat(of("*.md").matches("x/a.md")).isFalse();
        assertThat(of("**/*.md").matches("a.md")).isTrue();
        assertThat(of("**/*.md").matches("x/y/a.md")).isTrue();
        assertThat(of("a/**").matches("a/b/c")).isTrue();
        assertThat(of("a/**/c").matches("a/c")).isTrue();
        assertThat(of("?[b-d].x").matches("ac.x")).isTrue();
        assertThat(of("?[b-d].x").matches("ae.x")).isFalse();
    }

    @Test
    void theLastPatternThatMatchesCounts() {
        PathPatterns patterns = of("# comment", "", "docs", "!docs/README", "docs/README.old");
        assertThat(patterns.matches("docs/a")).isTrue();
        assertThat(patterns.matches("docs/README")).isFalse();
        assertThat(patterns.matches("docs/README.old")).isTrue();
        assertThat(patterns.mayTakeBack()).isTrue();
    }

    @Test
    void whatIsNoPatternIsSaid() {
        assertThatThrownBy(() -> of("!")).hasMessageContaining("illegal exclusion pattern");
        assertThatThrownBy(() -> of("a[b")).hasMessageContaining("\"a[b\" is not a pattern");
    }
}

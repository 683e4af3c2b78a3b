package dev.jcompose.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Build;
import dev.jcompose.model.Project;
import dev.jcompose.model.WatchRule;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.LoadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilterTest {
    @TempDir
    Path directory;

    private static WatchRule rule(String path, List<String> include, List<String> ignore) {
        return new WatchRule(path, WatchRule.Action.SYNC, "/app", null, include, ignore, false);
    }

    private static RuleFilter filter(List<String> include, List<String> ignore) throws IOException {
        return RuleFilter.of(rule("/src", include, ignore), null);
    }

    private static boolean matches(RuleFilter filter, String path) {
        return filter.matches(Path.of(path));
    }

    @Test
    void aRuleIsAboutWhatIsBelowItsPath() throws Exception {
        RuleFilter filter = filter(List.of(), List.of());
        assertThat(matches(filter, "/src")).isTrue();
        assertThat(matches(filter, "/src/a/b")).isTrue();
        assertThat(matches(filter, "/srcs/a")).isFalse();
        assertThat(matches(filter, "/other")).isFalse();
    }

    @Test
    void ignoredPatternsAreRelativeToThePathAndMayBeTakenBack() throws Exception {
        RuleFilter filter = filter(List.of(), List.of("node_modules/", "**/*.log", "!keep.log"));
        assertThat(matches(filter, "/src/node_modules")).isFalse();
        assertThat(matches(filter, "/src/node_modules/x/y.js")).isFalse();
        assertThat(matches(filter, "/src/lib/node_modules/y.js")).isTrue();
        assertThat(matches(filter, "/src/a/b.log")).isFalse();
        assertThat(matches(filter, "/src/keep.log")).isTrue();
    }

    @Test
    void whereThereAreIncludedPatternsOthersDoNotCount() throws Exception {
        RuleFilter filter = filter(List.of("*.js", "lib"), List.of("test.js"));
        assertThat(matches(filter, "/src/main.js")).isTrue();
        assertThat(matches(filter, "/src/lib/main.css")).isTrue();
        assertThat(matches(filter, "/src/test.js")).isFalse();
        assertThat(matches(filter, "/src/main.css")).isFalse();
        assertThat(matches(filter, "/src/deep/main.js")).isFalse();
    }

    @Test
    void whatVersionControlAndEditorsKeepForThemselvesIsIgnored() throws Exception {
        RuleFilter filter = filter(List.of(), List.of());
        for (String name : List.of(".git/index", ".idea/x", ".main.js.swp", "main.js~", "4913", "#main.js#", ".#x")) {
            assertThat(matches(filter, "/src/a/" + name)).as(name).isFalse();
        }
        assertThat(matches(filter, "/src/.gitignore")).isTrue();
        assertThat(matches(filter, "/src/movie.swf")).isTrue();
    }

    @Test
    void whatTheBuildDoesNotGetIsIgnoredToo() throws Exception {
        Path context = directory.toRealPath();
        Files.writeString(context.resolve(".dockerignore"), "# comment\ntarget\n");
        RuleFilter filter = RuleFilter.of(rule(context + "/src", List.of(), List.of()), build(context));
        assertThat(matches(filter, context + "/src/target/x")).isTrue();
        RuleFilter all = RuleFilter.of(rule(context.toString(), List.of(), List.of()), build(context));
        assertThat(matches(all, context + "/target/x")).isFalse();

        Files.writeString(context.resolve("Dockerfile.dockerignore"), "other\n");
        RuleFilter own = RuleFilter.of(rule(context.toString(), List.of(), List.of()), build(context));
        assertThat(matches(own, context + "/target/x")).isTrue();
        assertThat(matches(own, context + "/other/x")).isFalse();
    }

    private static Build build(Path context) throws IOException {
        Files.writeString(context.resolve("compose.yaml"), "name: p\nservices: {web: {build: .}}\n");
        Project project = new ComposeLoader()
                .load(LoadRequest.builder(context).environment(Map.of()).build())
                .project();
        return Objects.requireNonNull(project.service("web").orElseThrow().build());
    }

    @Test
    void foldersWithNothingOfInterestNeedNotBeWatched() throws Exception {
        assertThat(filter(List.of(), List.of("node_modules")).leavesOut(Path.of("/src/node_modules")))
                .isTrue();
        assertThat(filter(List.of(), List.of("node_modules")).leavesOut(Path.of("/src/lib")))
                .isFalse();
        assertThat(filter(List.of(), List.of("a", "!a/b")).leavesOut(Path.of("/src/a")))
                .as("something in it may be taken back")
                .isFalse();
        assertThat(filter(List.of(), List.of()).leavesOut(Path.of("/src/.git"))).isTrue();
    }

    @Test
    void aPatternThatIsNoneIsNamed() {
        assertThatThrownBy(() -> filter(List.of(), List.of("a[b"))).hasMessageContaining("\"a[b\" is not a pattern");
    }
}

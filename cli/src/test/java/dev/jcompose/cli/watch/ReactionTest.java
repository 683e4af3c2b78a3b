package dev.jcompose.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Project;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.LoadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReactionTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("/");
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void resolve() throws IOException {
        folder = temporary.toRealPath();
    }

    private Project project(String services) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "name: p\nservices:\n" + services.indent(2));
        return new ComposeLoader()
                .load(LoadRequest.builder(folder).environment(Map.of()).build())
                .project();
    }

    private WatchRules rules(String services, String... selected) throws IOException {
        return WatchRules.of(project(services), Set.of(selected), true, warnings::add);
    }

    private Reaction to(WatchRules rules, String... names) {
        return Reaction.to(Arrays.stream(names).map(folder::resolve).toList(), rules);
    }

    private static String web(String watch) {
        return "web:\n  build: .\n  develop:\n    watch:\n"
                + watch.stripIndent().indent(6);
    }

    @Test
    void aFileIsCopiedToItsPlaceBelowTheTarget() throws IOException {
        WatchRules rules = rules(web("- {path: ./src, action: sync, target: /app/}"));
        Reaction reaction = to(rules, "src/a/b", "elsewhere/c");
        assertThat(reaction.sync()).containsExactly(Map.entry("web", Map.of(folder.resolve("src/a/b"), "/app/a/b")));
        assertThat(reaction.rebuild()).isEmpty();
        assertThat(reaction.restart()).isEmpty();
    }

    @Test
    void aRuleOfOneFileNamesTheFileInTheContainer() throws IOException {
        WatchRules rules = rules(web("- {path: ./app.conf, action: sync+restart, target: /etc/app.conf}"));
        Reaction reaction = to(rules, "app.conf");
        assertThat(reaction.sync().get("web")).containsValue("/etc/app.conf");
        assertThat(reaction.restart()).containsExactly("web");
    }

    @Test
    void aCommandRunsOnceForManyFiles() throws IOException {
        WatchRules rules = rules(web("- {path: ., action: sync+exec, target: /app, exec: {command: reload}}"));
        assertThat(to(rules, "a", "b", "c").exec().get("web"))
                .singleElement()
                .satisfies(hook -> assertThat(hook.command()).containsExactly("reload"));
    }

    @Test
    void everyRuleThatMatchesCounts() throws IOException {
        WatchRules rules = rules(web("""
                - {path: ., action: sync, target: /app, ignore: [pom.xml]}
                - {path: ./pom.xml, action: rebuild}
                - {path: ./env, action: restart}
                """));
        assertThat(to(rules, "pom.xml").rebuild()).containsExactly("web");
        assertThat(to(rules, "pom.xml").sync()).isEmpty();
        Reaction both = to(rules, "env");
        assertThat(both.restart()).containsExactly("web");
        assertThat(both.sync()).containsKey("web");
    }

    @Test
    void onlySelectedServicesAreWatched() throws IOException {
        String services = web("- {path: ./a, action: rebuild}")
                + "db:\n  build: .\n  develop: {watch: [{path: ./b, action: rebuild}]}\n";
        assertThat(rules(services, "db").paths()).containsExactly(folder.resolve("b"));
        assertThat(rules(services).paths()).containsExactlyInAnyOrder(folder.resolve("a"), folder.resolve("b"));
        assertThat(rules("web: {image: x}").isEmpty()).isTrue();
    }

    @Test
    void whatIsMountedAnywayIsNotCopied() throws IOException {
        WatchRules rules = rules(
                "web:\n  image: x\n  volumes: [\".:/app\"]\n  develop: {watch: [{path: ./src, action: sync, target: /s}]}\n");
        assertThat(rules.isEmpty()).isTrue();
        assertThat(warnings)
                .containsExactly("path '%s/src' also declared by a bind mount volume, this path won't be monitored!"
                        .formatted(folder));
    }

    @Test
    void aRuleThatCannotWorkIsNamedByItsPlace() throws IOException {
        Project project = project(
                "web:\n  image: x\n  develop: {watch: [{path: ./a, action: restart}, {path: ., action: rebuild}]}\n");
        assertThatThrownBy(() -> WatchRules.of(project, Set.of(), true, warnings::add))
                .isInstanceOfSatisfying(
                        WatchException.class, e -> assertThat(e.path()).isEqualTo("services.web.develop.watch[1]"))
                .hasMessage("can't watch service \"web\" with action rebuild without a build context");
        Project built = project(web("- {path: ., action: rebuild}"));
        assertThatThrownBy(() -> WatchRules.of(built, Set.of(), false, warnings::add))
                .hasMessageContaining("--no-build is incompatible with watch action rebuild");
    }

    @Test
    void servicesAreNamedAsDockerComposeDoes() {
        assertThat(ProjectWatch.quoted(Set.of("web", "db"))).isEqualTo("[\"db\" \"web\"]");
    }
}

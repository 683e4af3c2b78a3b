package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the shells in these shells, and the manual in man. */
@ExtendWith(StartUpArchives.class)
class CompletionIT {

    @TempDir
    Path folder;

    private Jcompose jcompose;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("compose.yaml"), """
                name: complete
                services:
                  web: {image: x}
                  worker: {image: x, profiles: [slow]}
                  db: {image: x}
                """);
        jcompose = Jcompose.in(folder);
    }

    @Test
    void bashOffersServicesOptionsAndCommands() throws Exception {
        String script = """
                source <(jcompose completion bash)
                ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _jcompose; echo "${COMPREPLY[@]}"; }
                ask jcompose logs w
                ask jcompose resta
                ask jcompose --profile ''
                ask jcompose up --pull = al
                ask jcompose up --no-re
                """;

        assertThat(jcompose.line(script).out()).isEqualTo("web worker\nrestart\nslow\nalways\n--no-recreate\n");
    }

    @Test
    void fishOffersServicesWithWords() throws Exception {
        assumeInstalled("fish");
        String script = "fish --no-config -c 'jcompose completion fish | source; complete -C \"jcompose exec w\";"
                + " complete -C \"jcompose ps --qu\"'";

        assertThat(jcompose.line(script).out().lines().map(line -> line.replace('\t', ' ')))
                .containsExactly("web", "worker", "--quiet Only display IDs");
    }

    /** The line editor of zsh needs somebody who types; what the script hands to it is printed here instead. */
    @Test
    void zshOffersServicesAndUnfinishedWords() throws Exception {
        assumeInstalled("zsh");
        String script = """
                zsh -f -c 'compdef() {}
                _describe() { print -l -- ${(P)4} }
                compadd() { print -r -- "unfinished ${@[-1]}" }
                source <(jcompose completion zsh)
                ask() { words=("$@"); CURRENT=$#; _jcompose }
                ask jcompose logs w
                ask jcompose ps --qu
                ask jcompose up --scale d'
                """;

        assertThat(jcompose.line(script).out()).isEqualTo("web\nworker\n--quiet:Only display IDs\nunfinished db=\n");
    }

    @Test
    void everyCommandHasAPageThatManUnderstands() throws Exception {
        assumeInstalled("man");
        Path pages = Jcompose.HOME.resolve("cli/target/man");
        try (Stream<Path> files = Files.list(pages)) {
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThan(40);
            String names = String.join(" ", all.stream().map(Path::toString).toList());
            Jcompose.Result read = jcompose.line("man --warnings -l " + names);
            assertThat(read.err()).isEmpty();
            assertThat(read.out().lines().filter(line -> line.equals("SEE ALSO")))
                    .hasSize(all.size() - 1);
        }
    }

    private static void assumeInstalled(String program) {
        assumeTrue(
                Stream.of("/usr/bin", "/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, program))),
                "needs the program " + program);
    }
}

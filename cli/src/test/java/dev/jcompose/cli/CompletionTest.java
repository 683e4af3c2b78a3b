package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    @TempDir
    Path folder;

    private TestWorld world;

    @BeforeEach
    void shop() {
        world = TestWorld.with(folder, TestWorld.SHOP + "  tool:\n    image: busybox\n    profiles: [debug, extra]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "the services, also those that a profile switches off | logs ''           | db tool web",
                "a service that begins as typed                       | exec w            | web",
                "no service that is there already                     | stop db ''        | tool web",
                "commands that begin as typed                         | restar            | restart",
                "options of the command                               | up --wait         | --wait --wait-timeout",
                "values of an option                                  | --progress pl     | plain",
                "values after an equals sign                          | up --pull=a       | --pull=always",
                "profiles                                             | --profile ''      | debug extra",
                "a service before a number                            | up --scale d      | db=",
                "what comes after the options before the command      | -p other start d  | db",
                "files                                                | -f ''             | :files",
                "nothing after an unknown command                     | nosuch ''         | ''",
                "nothing after words that make no sense               | --nosuch up ''    | ''"
            })
    void offers(String what, String words, String expected) {
        int code = world.run(Stream.concat(
                        Stream.of("__complete"),
                        Stream.of(words.split(" ", -1)).map(word -> word.equals("''") ? "" : word))
                .toArray(String[]::new));

        List<String> offered =
                world.out().lines().map(line -> line.split("\t")[0]).toList();
        assertThat(offered)
                .as(what)
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
        assertThat(world.err()).isEmpty();
        assertThat(code).isZero();
    }

    @Test
    void explainsWhatItOffers() {
        world.run("__complete", "ps", "--qu");

        assertThat(world.out()).isEqualTo("--quiet\tOnly display IDs\n");
    }

    @Test
    void isSilentWhereTheFileIsWrong() throws Exception {
        Files.writeString(folder.resolve("compose.yaml"), "services: [");

        int code = world.run("__complete", "logs", "");

        assertThat(world.out() + world.err()).isEmpty();
        assertThat(code).isZero();
    }

    @ParameterizedTest
    @CsvSource({"bash, complete -F _jcompose", "zsh, #compdef jcompose", "fish, complete -c jcompose"})
    void printsTheScriptOfAShell(String shell, String part) {
        assertThat(world.run("completion", shell)).isZero();
        assertThat(world.out()).contains(part).contains("__complete");
    }

    @Test
    void saysWhichShellsThereAre() {
        assertThat(world.run("completion", "tcsh")).isEqualTo(1);
        assertThat(world.err()).contains("\"tcsh\"").contains("bash, zsh, fish");
    }
}

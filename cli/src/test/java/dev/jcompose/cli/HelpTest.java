package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.command.Commands;
import dev.jcompose.cli.project.GlobalOptions;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every command and option must say of itself: help, manual pages and completion come from the same words. */
class HelpTest {
    @TempDir
    private Path directory;

    static Set<String> commands() {
        return Commands.names();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandAndEachOfItsOptionsSaysWhatItIsFor(String name) {
        CommandSpec command = Jcompose.parser(Commands.find(name).orElseThrow()).getCommandSpec();

        assertThat(command.usageMessage().description()).hasSize(1).allMatch(HelpTest::isGoodDescription);
        command.options().stream().filter(option -> !option.hidden()).forEach(HelpTest::check);
    }

    @Test
    void soDoTheOptionsBeforeTheCommand() {
        Jcompose.parser(new GlobalOptions()).getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(HelpTest::check);
    }

    private static void check(OptionSpec option) {
        assertThat(option.description()).as(option.longestName()).hasSize(1).allMatch(HelpTest::isGoodDescription);
        if (option.arity().max() > 0) {
            // Without one picocli shows the name of the field.
            assertThat(option.paramLabel()).as(option.longestName()).doesNotStartWith("<");
        }
    }

    /** One or more phrases, without a full stop. */
    private static boolean isGoodDescription(String text) {
        return text.matches("(?s)\\S.*[^.\\s]|.*\\.\\.\\.") && !text.contains("  ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsNotWiderThanTheTerminal(String name) {
        TestWorld world = TestWorld.shop(directory);
        world.environment.put("COLUMNS", "72");
        String[] words = (name + " --help").split(" ", -1);

        assertThat(world.run(words)).isZero();

        assertThat(world.out().lines()).allMatch(line -> line.length() <= 72);
        assertThat(world.out()).startsWith("Usage:  jcompose " + name);
    }

    @Test
    void theProgramsHelpHasCommandsInGroupsAndInOrder() {
        TestWorld world = TestWorld.shop(directory);
        world.environment.put("COLUMNS", "72");
        world.run("--help");

        assertThat(world.out().lines()).allMatch(line -> line.length() <= 72);
        assertThat(world.out())
                .containsSubsequence(
                        "Commands of docker compose:\n  attach   Attach local",
                        "  build    Build or rebuild services\n  commit ",
                        "More commands:\n  completion  Print",
                        "  volume      Manage volumes\n");
        world.run("volume");
        assertThat(world.out()).contains("Commands:\n  volume create   Create a volume\n");
    }
}

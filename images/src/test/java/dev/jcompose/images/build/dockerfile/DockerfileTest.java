package dev.jcompose.images.build.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    private static Dockerfile parse(String text) throws DockerfileException {
        return Dockerfile.parse(Source.of("Dockerfile", text));
    }

    private static <T extends Command> T only(Class<T> type, String text) throws DockerfileException {
        return type.cast(parse("FROM x\n" + text).stages().get(0).commands().get(0));
    }

    @Test
    void linesAreJoinedAndCommentsLeftOut() throws Exception {
        Command.Run run = only(Command.Run.class, "RUN a \\\n  # comment\n\n  b \\  \n c\n# end\n");
        assertThat(run.command().words()).containsExactly("a   b  c");
        assertThat(run.at().at()).isEqualTo(new Position(2, 1));
    }

    @Test
    void wordsOfLaterLinesKeepTheirPlace() throws Exception {
        Command.Env env = only(Command.Env.class, "  ENV a=1 \\\n      b='2 3'\n");
        assertThat(env.variables().get(1)).isEqualTo(new Assignment("b", "'2 3'", new Position(3, 7)));
    }

    @Test
    void anotherEscapeCharacterContinuesLines() throws Exception {
        Dockerfile file = parse("# syntax=docker/dockerfile:1\n# escape=`\nFROM x\nRUN a `\n  c:\\\n");
        assertThat(file.directives().escape()).isEqualTo('`');
        Command.Run run = (Command.Run) file.stages().get(0).commands().get(0);
        assertThat(run.command().words()).containsExactly("a   c:\\");
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void directivesEndWithTheFirstLineThatIsNone() throws Exception {
        assertThat(parse("# just a comment\n# escape=`\nFROM x\n").directives().escape())
                .isEqualTo('\\');
        assertThat(parse("#syntax=some/frontend\nFROM x\n").warnings())
                .containsExactly(
                        "Dockerfile:1: frontend \"some/frontend\" is not run: the file is read as a Dockerfile");
        assertThatThrownBy(() -> parse("# escape=x\nFROM x\n")).hasMessageContaining("Dockerfile:1:10:");
    }

    @Test
    void heredocsAreTakenAlong() throws Exception {
        Command.Copy copy = only(Command.Copy.class, "COPY <<a <<-\"b\" /to/\n1\n\t2\na\n\t3\n\tb\nRUN x\n");
        assertThat(copy.files()).containsExactly(new Heredoc("a", true, "1\n\t2\n"), new Heredoc("b", false, "3\n"));
        assertThatThrownBy(() -> parse("FROM x\nRUN <<END\nlost\n"))
                .hasMessageStartingWith("Dockerfile:2:5: unterminated here-document: no line is \"END\"");
    }

    @Test
    void theExecFormIsJsonAndNothingElse() throws Exception {
        assertThat(only(Command.Cmd.class, "CMD [\"a\", \"b c\"]\n").command())
                .isEqualTo(new CommandLine(false, List.of("a", "b c")));
        assertThat(only(Command.Cmd.class, "CMD ['a']\n").command().shell()).isTrue();
    }

    @Test
    void aMistakeShowsTheLineAndAMark() {
        assertThatThrownBy(() -> parse("FROM a\n\tCOPY --chwn=x a b\n"))
                .hasMessage("Dockerfile:2:7: unknown flag: COPY --chwn\n    2 | \tCOPY --chwn=x a b\n      | \t     ^");
        assertThatThrownBy(() -> parse("RUN x\n")).hasMessageContaining("FROM must come before RUN");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("the file has no FROM");
        assertThatThrownBy(() -> parse("FROM a AS 1\n")).hasMessageContaining("invalid name for build stage");
        assertThatThrownBy(() -> parse("FROM a\nRUN --mount=type=bnd,target=/x y\n"))
                .hasMessageContaining("unsupported mount type \"bnd\"");
        assertThatThrownBy(() -> parse("FROM a\nHEALTHCHECK --intervall=3s CMD x\n"))
                .hasMessageContaining("Dockerfile:2:13: unknown flag");
        assertThatThrownBy(() -> parse("FROM a\nONBUILD ONBUILD RUN x\n")).hasMessageContaining("chaining ONBUILD");
    }

    @Test
    void expansionFollowsTheShell() {
        Expansion expansion = new Expansion('\\', name -> name.equals("v") ? "a.b.c" : name.equals("e") ? "" : null);
        assertThat(expansion.word("${v%.*}|${v%%.*}|${v#*.}|${v##*.}|${v/./-}|${v//./-}|${v/?/X}"))
                .isEqualTo("a.b|a|b.c|c|a-b.c|a-b-c|X.b.c");
        assertThat(expansion.word("${e:-d}${e-d}${u:-${v}}${u:+x}${v:+y}'$v'\"$v\"\\$v$"))
                .isEqualTo("da.b.cy$va.b.c$v$");
        assertThat(expansion.words("a \"b c\" $v ''")).containsExactly("a", "b c", "a.b.c", "");
        assertThatThrownBy(() -> expansion.word("${u:?is needed}")).hasMessage("u: is needed");
        assertThatThrownBy(() -> expansion.word("${v")).hasMessageContaining("no } closes");
    }
}

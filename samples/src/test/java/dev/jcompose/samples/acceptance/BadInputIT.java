package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A Compose file with a mistake: where it is, what was expected, exit code 1, and nothing is started. */
@ExtendWith(StartUpArchives.class)
class BadInputIT {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void saysWhereTheMistakeIs(String name, String composeFile, String position, String expected) throws Exception {
        Files.writeString(folder.resolve("compose.yaml"), composeFile);

        Jcompose.Result result = Jcompose.in(folder).run("up", "-d");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("compose.yaml:" + position)
                .contains(expected)
                .doesNotContain("Exception");
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("a tab", """
                        services:
                          web:
                        \timage: x
                        """, "3:1", "tab"),
                arguments("an unknown key", """
                        services:
                          web:
                            image: x
                            imagee: y
                        """, "4:5", "imagee"),
                arguments("a cycle", """
                        services:
                          a:
                            image: x
                            depends_on: [b]
                          b:
                            image: x
                            depends_on: [a]
                        """, "4:18", "a -> b -> a"),
                arguments("a network that is not defined", """
                        services:
                          web:
                            image: x
                            networks: [front]
                        """, "4:16", "front"),
                arguments("a wrong type", """
                        services:
                          web:
                            image: [x]
                        """, "3:12", "string"));
    }
}

package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.command.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {
    @TempDir
    Path folder;

    @Test
    void thereIsOneOfEachCommandAndOneOfAll() throws Exception {
        ManPages.write(folder);

        for (String name : Commands.names()) {
            String command = name.replace(' ', '-');
            assertThat(folder.resolve("jcompose-" + command + ".1"))
                    .content()
                    .contains(".SH NAME\njcompose\\-" + command.replace("-", "\\-") + " \\- ");
            assertThat(folder.resolve("jcompose.1"))
                    .content()
                    .contains(".B jcompose\\-" + command.replace("-", "\\-") + "(1)\n");
        }
    }

    @Test
    void aPageNamesTheOptionsWithTheirValues() throws Exception {
        ManPages.write(folder);

        assertThat(Files.readString(folder.resolve("jcompose-up.1")))
                .contains(".SH SYNOPSIS\njcompose [OPTIONS] up [OPTIONS] [SERVICE...]\n")
                .contains(".TP\n.B \\-t, \\-\\-timeout SECONDS\nUse this timeout")
                .doesNotContain("\\-\\-no\\-parallel");
    }

    @Test
    void noLineIsTakenForARequestByAccident() throws Exception {
        ManPages.write(folder);

        try (var pages = Files.list(folder)) {
            for (Path page : pages.toList()) {
                assertThat(Files.readAllLines(page))
                        .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
                        .allMatch(line -> line.matches("\\.(TH|SH|TP|B|PP)( .*)?"));
            }
        }
    }
}

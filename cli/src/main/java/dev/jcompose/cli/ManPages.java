package dev.jcompose.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.command.Commands;
import dev.jcompose.cli.man.ManPage;
import dev.jcompose.cli.project.GlobalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages; the build calls it. */
public final class ManPages {
    private ManPages() {}

    /** {@code args}: the directory that gets {@code jcompose.1}, {@code jcompose-up.1} and so on. */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<String, String> commands = new LinkedHashMap<>();
        Commands.descriptions().forEach((name, words) -> {
            if (Commands.isGroup(name)) {
                commands.putAll(Commands.ofGroup(name));
            } else {
                commands.put(name, words);
            }
        });
        CommandSpec options = Jcompose.parser(new GlobalOptions()).getCommandSpec();
        Files.writeString(directory.resolve("jcompose.1"), ManPage.ofProgram(options, commands), UTF_8);
        for (Map.Entry<String, String> command : commands.entrySet()) {
            String name = command.getKey();
            CommandSpec spec =
                    Jcompose.parser(Commands.find(name).orElseThrow()).getCommandSpec();
            Files.writeString(
                    directory.resolve("jcompose-%s.1".formatted(name.replace(' ', '-'))),
                    ManPage.ofCommand(name, command.getValue(), spec),
                    UTF_8);
        }
    }
}

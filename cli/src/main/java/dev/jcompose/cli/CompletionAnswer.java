package dev.jcompose.cli;

import dev.jcompose.cli.command.Commands;
import dev.jcompose.cli.command.SessionNames;
import dev.jcompose.cli.completion.Candidates;
import dev.jcompose.cli.completion.Completion;
import dev.jcompose.cli.completion.ProjectNames;
import dev.jcompose.cli.project.GlobalOptions;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** {@code __complete WORDS...}: what a shell asks; the last word is the one that is typed just now. */
final class CompletionAnswer {
    private final World world;

    CompletionAnswer(World world) {
        this.world = world;
    }

    /** The answer, see {@link Candidates#answer}; empty if the words make no sense. */
    String to(List<String> words) {
        String typed = words.isEmpty() ? "" : words.get(words.size() - 1);
        List<String> before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
        List<String> global = SplitArguments.global(before);
        GlobalOptions options = new GlobalOptions();
        CommandLine globalLine = Jcompose.parser(options);
        boolean complete = SplitArguments.isComplete(global);
        try {
            Parsing.parse(globalLine, complete ? global : global.subList(0, global.size() - 1));
        } catch (CommandException e) {
            return "";
        }
        ProjectNames names = new SessionNames(Session.open(world, options));
        Completion completion = new Completion(names);
        List<String> rest = before.subList(global.size(), before.size());
        if (!rest.isEmpty()) {
            return ofCommand(completion, rest, typed).answer(typed);
        }
        if (complete && !typed.startsWith("-")) {
            Map<String, String> commands = new LinkedHashMap<>(Commands.descriptions());
            commands.put("help", "Help about a command");
            return new Candidates(commands, false).answer(typed);
        }
        return completion.complete(globalLine.getCommandSpec(), global, typed).answer(typed);
    }

    private static Candidates ofCommand(Completion completion, List<String> words, String typed) {
        String first = words.get(0);
        boolean group = Commands.isGroup(first);
        if (group && words.size() == 1) {
            Map<String, String> seconds = new LinkedHashMap<>();
            Commands.ofGroup(first).forEach((name, text) -> seconds.put(name.substring(first.length() + 1), text));
            return new Candidates(seconds, false);
        }
        int length = group ? 2 : 1;
        Optional<ComposeCommand> command = Commands.find(String.join(" ", words.subList(0, length)));
        List<String> arguments = words.subList(length, words.size());
        return command.map(found -> completion.complete(Jcompose.parser(found).getCommandSpec(), arguments, typed))
                .orElse(Candidates.NONE);
    }
}

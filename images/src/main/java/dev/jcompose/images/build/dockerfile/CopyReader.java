package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code COPY} and {@code ADD}. */
final class CopyReader {
    private final Instruction instruction;
    private final Origin at;
    private final boolean add;
    private @Nullable Word from;
    private @Nullable Word chown;
    private @Nullable Word chmod;
    private @Nullable Word checksum;
    private @Nullable Boolean unpack;
    private boolean link;
    private boolean keepGitDir;
    private boolean parents;
    private final List<Word> exclude = new ArrayList<>();

    CopyReader(Instruction instruction, Origin at) {
        this.instruction = instruction;
        this.at = at;
        add = instruction.keyword().equals("ADD");
    }

    Command.Copy read() throws DockerfileException {
        for (Flag flag : instruction.flags()) {
            option(flag);
        }
        List<Word> words = instruction
                .json()
                .<List<Word>>map(strings -> strings.stream()
                        .map(string -> new Word(quoted(string), instruction.restAt()))
                        .toList())
                .orElseGet(instruction::words);
        if (words.size() < 2) {
            throw instruction.mistake(
                    instruction.at(),
                    "%s requires at least two arguments, but only %d were provided. Destination could not be determined"
                            .formatted(instruction.keyword(), words.size()));
        }
        return new Command.Copy(
                at,
                add,
                words.subList(0, words.size() - 1),
                words.get(words.size() - 1),
                new CopyOptions(from, chown, chmod, link, parents, exclude, checksum, unpack, keepGitDir),
                instruction.heredocs());
    }

    private void option(Flag flag) throws DockerfileException {
        Word value = new Word(flag.value(), flag.at());
        switch (flag.name()) {
            case "from" -> {
                only(flag, !add);
                from = value;
            }
            case "chown" -> chown = value;
            case "chmod" -> chmod = value;
            case "link" -> link = isTrue(flag);
            case "parents" -> {
                only(flag, !add);
                parents = isTrue(flag);
            }
            case "exclude" -> exclude.add(value);
            case "checksum" -> {
                only(flag, add);
                checksum = value;
            }
            case "unpack" -> {
                only(flag, add);
                unpack = isTrue(flag);
            }
            case "keep-git-dir" -> {
                only(flag, add);
                keepGitDir = isTrue(flag);
            }
            default -> throw unknown(flag);
        }
    }

    private void only(Flag flag, boolean known) throws DockerfileException {
        if (!known) {
            throw unknown(flag);
        }
    }

    private DockerfileException unknown(Flag flag) {
        return instruction.mistake(flag.at(), "unknown flag: %s --%s".formatted(instruction.keyword(), flag.name()));
    }

    private boolean isTrue(Flag flag) throws DockerfileException {
        return switch (flag.value()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw instruction.mistake(
                        flag.at(), "--%s=%s is neither true nor false".formatted(flag.name(), flag.value()));
        };
    }

    /** A string of the JSON form has variables, but its quotes and backslashes are its own. */
    private String quoted(String string) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == instruction.escape()) {
                quoted.append(instruction.escape());
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}

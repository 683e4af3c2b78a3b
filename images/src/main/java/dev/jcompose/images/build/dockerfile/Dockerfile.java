package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile that has been read: every instruction is one that there is, with options and a form that it has.
 *
 * @param globals the {@code ARG}s before the first stage
 * @param warnings what is probably not meant so, with places
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
public record Dockerfile(
        Source source,
        Directives directives,
        List<Command.Arg> globals,
        List<StageDefinition> stages,
        List<String> warnings) {
    private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");

    public Dockerfile {
        globals = List.copyOf(globals);
        stages = List.copyOf(stages);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @throws DockerfileException with the place of the first mistake
     */
    public static Dockerfile parse(Source source) throws DockerfileException {
        Directives directives = Directives.of(source);
        CommandReader reader = new CommandReader();
        List<Command.Arg> globals = new ArrayList<>();
        List<StageDefinition> stages = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Command> commands = new ArrayList<>();
        StageDefinition stage = null;
        for (Instruction instruction : new LineReader(source, directives).all()) {
            if (instruction.keyword().equals("FROM")) {
                if (stage != null) {
                    stages.add(with(stage, commands));
                }
                commands.clear();
                stage = from(instruction);
                if (stage.name() != null && !names.add(stage.name())) {
                    throw instruction.mistake(
                            instruction.at(), "duplicate name \"%s\" for a stage".formatted(stage.name()));
                }
                continue;
            }
            Command command = reader.read(instruction);
            if (stage != null) {
                commands.add(command);
            } else if (command instanceof Command.Arg arg) {
                globals.add(arg);
            } else {
                throw instruction.mistake(
                        instruction.at(),
                        "no build stage in current context: FROM must come before " + instruction.keyword());
            }
        }
        if (stage == null) {
            throw source.mistake(new Position(1, 1), "the file has no FROM");
        }
        stages.add(with(stage, commands));
        return new Dockerfile(source, directives, globals, stages, warnings(source, directives));
    }

    /** Reads one instruction that an image holds, as {@code ONBUILD} has put it there. */
    public static Command trigger(String text, String image) throws DockerfileException {
        Source source = Source.of("ONBUILD of " + image, text);
        Directives directives = new Directives('\\', null, null, 0);
        List<Instruction> instructions = new LineReader(source, directives).all();
        if (instructions.size() != 1) {
            throw source.mistake(new Position(1, 1), "not one instruction");
        }
        return new CommandReader().read(instructions.get(0));
    }

    private static StageDefinition with(StageDefinition stage, List<Command> commands) {
        return new StageDefinition(stage.at(), stage.image(), stage.platform(), stage.name(), commands);
    }

    private static StageDefinition from(Instruction instruction) throws DockerfileException {
        Word platform = null;
        for (Flag flag : instruction.flags()) {
            if (!flag.name().equals("platform")) {
                throw instruction.mistake(flag.at(), "unknown flag: FROM --" + flag.name());
            }
            platform = new Word(flag.value(), flag.at());
        }
        List<Word> words = instruction.words();
        if (words.size() != 1 && words.size() != 3) {
            throw instruction.mistake(instruction.restAt(), "FROM requires either one or three arguments");
        }
        @Nullable String name = null;
        if (words.size() == 3) {
            Word as = words.get(1);
            if (!as.text().equalsIgnoreCase("AS")) {
                throw instruction.mistake(as.at(), "\"%s\" where AS is expected".formatted(as.text()));
            }
            name = words.get(2).text().toLowerCase(Locale.ROOT);
            if (!STAGE_NAME.matcher(name).matches()) {
                throw instruction.mistake(
                        words.get(2).at(),
                        "invalid name for build stage: \"%s\", name can't start with a number or contain symbols"
                                .formatted(words.get(2).text()));
            }
        }
        return new StageDefinition(CommandReader.origin(instruction), words.get(0), platform, name, List.of());
    }

    private static List<String> warnings(Source source, Directives directives) {
        String syntax = directives.syntax();
        return syntax == null || syntax.matches("(docker\\.io/)?docker/dockerfile(-upstream)?(:.*)?")
                ? List.of()
                : List.of("%s:1: frontend \"%s\" is not run: the file is read as a Dockerfile"
                        .formatted(source.name(), syntax));
    }
}

package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns instructions into commands; knows the options and the form of each. */
final class CommandReader {
    private static final Set<String> KEYWORDS = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");
    private static final Set<String> HEALTH_OPTIONS =
            Set.of("interval", "timeout", "start-period", "start-interval", "retries");

    static Origin origin(Instruction instruction) {
        return new Origin(
                instruction.source(),
                instruction.at(),
                instruction.line().toString().strip(),
                instruction.escape());
    }

    Command read(Instruction i) throws DockerfileException {
        Origin at = origin(i);
        return switch (i.keyword()) {
            case "ARG" -> new Command.Arg(plain(i, at), Assignments.arguments(i));
            case "ENV" -> new Command.Env(plain(i, at), Assignments.pairs(i));
            case "LABEL" -> new Command.Label(plain(i, at), Assignments.pairs(i));
            case "RUN" -> run(i, at);
            case "COPY", "ADD" -> new CopyReader(i, at).read();
            case "WORKDIR" -> new Command.Workdir(plain(i, at), one(i));
            case "USER" -> new Command.User(plain(i, at), one(i));
            case "ENTRYPOINT" -> new Command.Entrypoint(plain(i, at), command(i));
            case "CMD" -> new Command.Cmd(plain(i, at), command(i));
            case "EXPOSE" -> new Command.Expose(plain(i, at), some(i));
            case "VOLUME" -> new Command.Volume(plain(i, at), volumes(i));
            case "HEALTHCHECK" -> healthcheck(i, at);
            case "STOPSIGNAL" -> new Command.Stopsignal(plain(i, at), one(i));
            case "SHELL" -> shell(i, at);
            case "ONBUILD" -> onbuild(i, at);
            case "MAINTAINER" -> new Command.Maintainer(plain(i, at), required(i));
            default -> throw i.mistake(i.at(), "unknown instruction: " + i.keyword() + suggestion(i.keyword()));
        };
    }

    private static String suggestion(String keyword) {
        return KEYWORDS.stream()
                .filter(known -> known.startsWith(keyword) || keyword.startsWith(known) || similar(known, keyword))
                .sorted()
                .findFirst()
                .map(known -> " (did you mean %s?)".formatted(known))
                .orElse("");
    }

    /** The same letters in another order, or one letter more or less. */
    private static boolean similar(String known, String written) {
        int[] a = known.chars().sorted().toArray();
        int[] b = written.chars().sorted().toArray();
        int i = 0;
        int different = 0;
        for (int j = 0; j < b.length; j++) {
            if (i < a.length && a[i] == b[j]) {
                i++;
            } else {
                different++;
            }
        }
        return different + a.length - i <= 2 && Math.abs(a.length - b.length) <= 1;
    }

    /** For an instruction without options. */
    private static Origin plain(Instruction i, Origin at) throws DockerfileException {
        for (Flag flag : i.flags()) {
            throw i.mistake(flag.at(), "unknown flag: %s --%s".formatted(i.keyword(), flag.name()));
        }
        return at;
    }

    private static String required(Instruction i) throws DockerfileException {
        if (i.rest().isEmpty()) {
            throw i.mistake(i.at(), i.keyword() + " requires at least one argument");
        }
        return i.rest();
    }

    private static Word one(Instruction i) throws DockerfileException {
        required(i);
        return i.restWord();
    }

    private static List<Word> some(Instruction i) throws DockerfileException {
        required(i);
        return i.words();
    }

    private static CommandLine command(Instruction i) {
        Optional<List<String>> json = i.json();
        return json.map(words -> new CommandLine(false, words))
                .orElseGet(() -> new CommandLine(true, i.rest().isEmpty() ? List.of() : List.of(i.rest())));
    }

    private static Command.Run run(Instruction i, Origin at) throws DockerfileException {
        List<MountOption> mounts = new ArrayList<>();
        String network = "default";
        String security = "sandbox";
        for (Flag flag : i.flags()) {
            switch (flag.name()) {
                case "mount" -> mounts.add(MountOption.parse(i.source(), flag));
                case "network" -> network = oneOf(i, flag, List.of("default", "none", "host"));
                case "security" -> security = oneOf(i, flag, List.of("sandbox", "insecure"));
                default -> throw i.mistake(flag.at(), "unknown flag: RUN --" + flag.name());
            }
        }
        required(i);
        CommandLine command = command(i);
        if (command.words().isEmpty()) {
            throw i.mistake(i.restAt(), "RUN requires at least one argument");
        }
        return new Command.Run(at, command, mounts, network, security, i.heredocs());
    }

    private static String oneOf(Instruction i, Flag flag, List<String> allowed) throws DockerfileException {
        if (!allowed.contains(flag.value())) {
            throw i.mistake(
                    flag.at(),
                    "--%s=%s: known are %s".formatted(flag.name(), flag.value(), String.join(", ", allowed)));
        }
        return flag.value();
    }

    private static List<Word> volumes(Instruction i) throws DockerfileException {
        required(i);
        Optional<List<String>> json = i.json();
        List<Word> paths = json.isPresent()
                ? json.get().stream().map(path -> new Word(path, i.restAt())).toList()
                : i.words();
        if (paths.stream().anyMatch(path -> path.text().isBlank())) {
            throw i.mistake(i.restAt(), "VOLUME specified can not be an empty string");
        }
        return paths;
    }

    private static Command.Healthcheck healthcheck(Instruction i, Origin at) throws DockerfileException {
        Map<String, Flag> options = new LinkedHashMap<>();
        for (Flag flag : i.flags()) {
            if (!HEALTH_OPTIONS.contains(flag.name())) {
                throw i.mistake(flag.at(), "unknown flag: HEALTHCHECK --" + flag.name());
            }
            options.put(flag.name(), flag);
        }
        String rest = required(i);
        String type = i.words().get(0).text().toUpperCase(Locale.ROOT);
        if (type.equals("NONE")) {
            if (i.words().size() > 1 || !options.isEmpty()) {
                throw i.mistake(i.restAt(), "HEALTHCHECK NONE takes no arguments and no options");
            }
            return new Command.Healthcheck(at, null, options);
        }
        if (!type.equals("CMD")) {
            throw i.mistake(i.restAt(), "unknown type \"%s\" in HEALTHCHECK (try CMD)".formatted(type));
        }
        String command = rest.substring("CMD".length()).strip();
        if (command.isEmpty()) {
            throw i.mistake(i.restAt(), "missing command after HEALTHCHECK CMD");
        }
        CommandLine line = JsonForm.parse(command)
                .map(words -> new CommandLine(false, words))
                .orElseGet(() -> new CommandLine(true, List.of(command)));
        return new Command.Healthcheck(at, line, options);
    }

    private static Command.Shell shell(Instruction i, Origin at) throws DockerfileException {
        List<String> shell = i.json()
                .filter(words -> !words.isEmpty())
                .orElseThrow(() -> i.mistake(i.restAt(), "SHELL requires the arguments to be in JSON form"));
        return new Command.Shell(plain(i, at), shell);
    }

    private Command.Onbuild onbuild(Instruction i, Origin at) throws DockerfileException {
        plain(i, at);
        String trigger = required(i);
        String keyword = i.words().get(0).text().toUpperCase(Locale.ROOT);
        if (keyword.equals("ONBUILD")) {
            throw i.mistake(i.restAt(), "chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
        }
        if (keyword.equals("FROM") || keyword.equals("MAINTAINER")) {
            throw i.mistake(i.restAt(), keyword + " isn't allowed as an ONBUILD trigger");
        }
        StringBuilder whole = new StringBuilder(trigger);
        for (Heredoc heredoc : i.heredocs()) {
            whole.append('\n').append(heredoc.content()).append(heredoc.name());
        }
        if (!KEYWORDS.contains(keyword)) {
            throw i.mistake(i.restAt(), "unknown instruction: " + keyword);
        }
        return new Command.Onbuild(at, whole.toString());
    }
}

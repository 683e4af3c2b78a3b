package dev.jcompose.images.build;

import dev.jcompose.images.build.dockerfile.Assignment;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.build.dockerfile.CommandLine;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.build.dockerfile.Expansion;
import dev.jcompose.images.build.dockerfile.Flag;
import dev.jcompose.images.build.dockerfile.Origin;
import dev.jcompose.images.build.dockerfile.Variables;
import dev.jcompose.images.build.dockerfile.Word;
import dev.jcompose.images.oci.ImageJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The instructions that only change the configuration. */
final class ConfigCommands {
    private static final Pattern PORT =
            Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?", Pattern.CASE_INSENSITIVE);
    private static final int MAX_PORT = 65535;

    private final ConfigDraft config;
    private final Variables variables;
    private boolean hasOwnCommand;

    ConfigCommands(ConfigDraft config, Variables variables) {
        this.config = config;
        this.variables = variables;
    }

    void apply(Command command) throws DockerfileException {
        if (command instanceof Command.Env env) {
            env(env);
        } else if (command instanceof Command.Label label) {
            Map<String, String> all = expanded(label.at(), label.labels());
            config.labels.putAll(all);
            record("LABEL", all);
        } else if (command instanceof Command.User user) {
            config.user = user.at().expand(user.user(), variables);
            config.record("USER " + config.user, null);
        } else if (command instanceof Command.Cmd cmd) {
            config.cmd = words(cmd.command());
            hasOwnCommand = true;
            config.record("CMD " + JsonText.array(config.cmd), null);
        } else if (command instanceof Command.Entrypoint entrypoint) {
            config.entrypoint = words(entrypoint.command());
            // A command of the base image is for the entrypoint of the base image.
            config.cmd = hasOwnCommand ? config.cmd : List.of();
            config.record("ENTRYPOINT " + JsonText.array(config.entrypoint), null);
        } else if (command instanceof Command.Expose expose) {
            expose(expose);
        } else if (command instanceof Command.Volume volume) {
            volume(volume);
        } else if (command instanceof Command.Healthcheck healthcheck) {
            healthcheck(healthcheck);
        } else if (command instanceof Command.Stopsignal stopsignal) {
            stopsignal(stopsignal);
        } else if (command instanceof Command.Shell shell) {
            config.shell = shell.shell();
            config.record("SHELL " + JsonText.array(config.shell), null);
        } else if (command instanceof Command.Onbuild onbuild) {
            config.onBuild.add(onbuild.trigger());
            config.record("ONBUILD " + onbuild.trigger(), null);
        } else if (command instanceof Command.Maintainer maintainer) {
            config.author = maintainer.name();
            config.record("MAINTAINER " + config.author, null);
        } else {
            throw new IllegalStateException("not a change of the configuration: " + command);
        }
    }

    private void env(Command.Env env) throws DockerfileException {
        // All see the values from before the instruction.
        Map<String, String> all = expanded(env.at(), env.variables());
        config.env.putAll(all);
        record("ENV", all);
    }

    private void record(String keyword, Map<String, String> all) {
        List<String> texts = new ArrayList<>();
        all.forEach((name, value) -> texts.add(name + "=" + value));
        config.record(keyword + " " + String.join(" ", texts), null);
    }

    private Map<String, String> expanded(Origin at, List<Assignment> assignments) throws DockerfileException {
        Map<String, String> all = new LinkedHashMap<>();
        for (Assignment assignment : assignments) {
            String value = assignment.value() == null ? "" : assignment.value();
            all.put(
                    at.expand(new Word(assignment.name(), assignment.at()), variables),
                    at.expand(new Word(value, assignment.at()), variables));
        }
        return all;
    }

    private List<String> words(CommandLine command) {
        return command.words().isEmpty() ? List.of() : command.with(config.effectiveShell());
    }

    private void expose(Command.Expose expose) throws DockerfileException {
        List<String> ports = new ArrayList<>();
        for (Word word : expose.ports()) {
            for (String port : words(expose.at(), word)) {
                ports.addAll(ports(expose.at(), word, port));
            }
        }
        ports.forEach(config::expose);
        config.record("EXPOSE " + String.join(" ", ports), null);
    }

    private List<String> words(Origin at, Word word) throws DockerfileException {
        try {
            return new Expansion(at.escape(), variables).words(word.text());
        } catch (IllegalArgumentException e) {
            throw at.source().mistake(word.at(), String.valueOf(e.getMessage()));
        }
    }

    private static List<String> ports(Origin at, Word word, String port) throws DockerfileException {
        Matcher matcher = PORT.matcher(port);
        if (matcher.matches()) {
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            String protocol =
                    matcher.group(3) == null ? "tcp" : matcher.group(3).toLowerCase(Locale.ROOT);
            if (first <= last && last <= MAX_PORT) {
                List<String> all = new ArrayList<>();
                for (int n = first; n <= last; n++) {
                    all.add(n + "/" + protocol);
                }
                return all;
            }
        }
        throw at.source()
                .mistake(word.at(), "invalid containerPort: \"%s\" is not PORT[-PORT][/PROTOCOL]".formatted(port));
    }

    private void volume(Command.Volume volume) throws DockerfileException {
        List<String> paths = new ArrayList<>();
        for (Word word : volume.paths()) {
            String path = volume.at().expand(word, variables);
            if (path.isBlank()) {
                throw volume.at().source().mistake(word.at(), "VOLUME specified can not be an empty string");
            }
            paths.add(path);
            config.volume(path);
        }
        config.record("VOLUME " + JsonText.array(paths), null);
    }

    private void stopsignal(Command.Stopsignal stopsignal) throws DockerfileException {
        String signal = stopsignal.at().expand(stopsignal.signal(), variables);
        if (!signal.matches("\\d{1,2}|(SIG)?[A-Z][A-Z0-9+-]*")) {
            throw stopsignal
                    .at()
                    .source()
                    .mistake(
                            stopsignal.signal().at(),
                            "\"%s\" is neither a signal's name nor its number".formatted(signal));
        }
        config.stopSignal = signal;
        config.record("STOPSIGNAL " + signal, null);
    }

    private void healthcheck(Command.Healthcheck check) throws DockerfileException {
        CommandLine command = check.command();
        List<String> test = new ArrayList<>();
        if (command == null) {
            test.add("NONE");
        } else {
            test.add(command.shell() ? "CMD-SHELL" : "CMD");
            test.addAll(command.words());
        }
        config.healthcheck = new ImageJson.Healthcheck(
                test,
                nanos(check, "interval"),
                nanos(check, "timeout"),
                nanos(check, "start-period"),
                nanos(check, "start-interval"),
                retries(check));
        config.record("HEALTHCHECK " + JsonText.array(test), null);
    }

    private long nanos(Command.Healthcheck check, String option) throws DockerfileException {
        @Nullable Flag flag = check.options().get(option);
        if (flag == null) {
            return 0;
        }
        String value = check.at().expand(new Word(flag.value(), flag.at()), variables);
        try {
            return GoDuration.parse(value).toNanos();
        } catch (IllegalArgumentException e) {
            throw check.at().source().mistake(flag.at(), "--%s: %s".formatted(option, e.getMessage()));
        }
    }

    private int retries(Command.Healthcheck check) throws DockerfileException {
        @Nullable Flag flag = check.options().get("retries");
        if (flag == null) {
            return 0;
        }
        String value = check.at().expand(new Word(flag.value(), flag.at()), variables);
        if (!value.matches("\\d{1,9}")) {
            throw check.at().source().mistake(flag.at(), "--retries=%s is not a number from 0 on".formatted(value));
        }
        return Integer.parseInt(value);
    }
}

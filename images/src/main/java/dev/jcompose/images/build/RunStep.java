package dev.jcompose.images.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.build.StageBuilder.LayerStep;
import dev.jcompose.images.build.StageBuilder.Made;
import dev.jcompose.images.build.cache.CacheKey;
import dev.jcompose.images.build.cache.CachedLayer;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.build.dockerfile.Heredoc;
import dev.jcompose.images.layer.MountStubs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code RUN}: takes the layer from the cache, or runs the command and makes one of what it changed. */
final class RunStep implements LayerStep {
    private static final String SCRIPT_DIRECTORY = "/dev/pipes";
    private static final int SCRIPT_MODE = 0755;

    /** What the runtime puts into every root file system. */
    static final List<String> STUBS =
            List.of("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/proc", "/sys", "/dev");

    private final Build build;
    private final StageBuilder stage;
    private final Command.Run run;

    RunStep(Build build, StageBuilder stage, Command.Run run) {
        this.build = build;
        this.stage = stage;
        this.run = run;
    }

    @Override
    public Made make(ProgressLog.Step progress) throws IOException {
        Stage before = stage.stage();
        String network = network();
        boolean privileged = privileged();
        List<String> command = command();
        try (RunMounts mounts = new RunMounts(build, stage, run)) {
            CacheKey key = new CacheKey("run 1")
                    .add(before.tree())
                    .add(command)
                    .add(files())
                    .add(environment(false))
                    .add(stage.config().workingDir)
                    .add(stage.config().user)
                    .add(run.network().equals("default") ? "" : run.network())
                    .add(String.valueOf(privileged))
                    .add(String.valueOf(build.spec().sourceDate()));
            mounts.addTo(key);
            boolean[] fresh = {false};
            CachedLayer layer = build.cache().get(key.digest(), before.layers(), stage.usesCache(), () -> {
                fresh[0] = true;
                return build.layers()
                        .make(
                                before.directories(),
                                before.layers(),
                                (upper, scratch) -> execute(
                                        before, upper, scratch, command, network, privileged, mounts, progress));
            });
            if (fresh[0]) {
                progress.done();
            } else {
                progress.cached();
            }
            return new Made(createdBy(command), layer);
        }
    }

    private void execute(
            Stage before,
            Path upper,
            Path scratch,
            List<String> command,
            String network,
            boolean privileged,
            RunMounts mounts,
            ProgressLog.Step progress)
            throws IOException {
        List<RunMount> mounted = new ArrayList<>(mounts.prepare());
        script().ifPresent(mounted::add);
        List<String> environment = new ArrayList<>(environment(true));
        environment.addAll(mounts.environment());
        List<String> targets = new ArrayList<>(STUBS);
        mounted.forEach(mount -> targets.add(mount.target()));
        List<Path> layers = before.directories();
        MountStubs stubs = MountStubs.before(build.linux(), layers, targets);
        RunRequest request = new RunRequest(
                layers,
                upper,
                scratch,
                command,
                environment,
                stage.config().workingDir,
                stage.config().user,
                mounted,
                network,
                privileged,
                build.spec().run());
        int code;
        try {
            code = build.environment().runner().run(request, progress::output);
        } catch (InterruptedException e) {
            throw Build.interrupted(e);
        }
        if (code != 0) {
            throw failed(command, code, progress);
        }
        stubs.remove(upper);
    }

    private DockerfileException failed(List<String> command, int code, ProgressLog.Step progress) {
        StringBuilder message = new StringBuilder(run.at()
                .mistake("process \"%s\" did not complete successfully: exit code: %d"
                        .formatted(String.join(" ", command), code))
                .getMessage());
        List<String> last = progress.lastOutput();
        if (!last.isEmpty()) {
            message.append("\nlast output:");
            last.forEach(line -> message.append("\n  ").append(line));
        }
        return new DockerfileException(message.toString(), run.at().at());
    }

    private String network() throws DockerfileException {
        if (run.network().equals("default")) {
            return build.spec().run().network();
        }
        RunSettings settings = build.spec().run();
        boolean allowed = settings.allowHostNetwork() || settings.network().equals("host");
        if (run.network().equals("host") && !allowed) {
            throw run.at().mistake("network.host is not allowed: add it to the entitlements of the build");
        }
        return run.network();
    }

    private boolean privileged() throws DockerfileException {
        RunSettings settings = build.spec().run();
        if (run.security().equals("insecure") && !settings.allowInsecure() && !settings.privileged()) {
            throw run.at().mistake("security.insecure is not allowed: add it to the entitlements of the build");
        }
        return settings.privileged() || run.security().equals("insecure");
    }

    /** The command; a line that is nothing but a here-document runs its content. */
    private List<String> command() {
        List<Heredoc> files = run.files();
        if (files.isEmpty() || !run.command().shell()) {
            return run.command().with(stage.config().effectiveShell());
        }
        String line = run.command().words().get(0);
        Heredoc first = files.get(0);
        StringBuilder script = new StringBuilder();
        if (isWhole(line)) {
            if (first.content().startsWith("#!")) {
                return List.of(SCRIPT_DIRECTORY + "/" + first.name());
            }
            script.append(first.content());
        } else {
            script.append(line);
            files.forEach(file -> script.append('\n').append(file.content()).append(file.name()));
            script.append('\n');
        }
        List<String> command = new ArrayList<>(stage.config().effectiveShell());
        command.add(script.toString());
        return command;
    }

    private static boolean isWhole(String line) {
        return line.matches("<<-?\\s*[^\\s<>|;&]+");
    }

    private Optional<RunMount> script() {
        List<Heredoc> files = run.files();
        boolean script = files.size() == 1
                && run.command().shell()
                && isWhole(run.command().words().get(0))
                && files.get(0).content().startsWith("#!");
        return script
                ? Optional.of(new RunMount.Secret(
                        UTF_8.encode(files.get(0).content()),
                        SCRIPT_DIRECTORY + "/" + files.get(0).name(),
                        SCRIPT_MODE,
                        0,
                        0))
                : Optional.empty();
    }

    private List<String> files() {
        return run.files().stream().map(Heredoc::content).toList();
    }

    /** Variables of the image over arguments over proxies. */
    private List<String> environment(boolean withProxies) {
        Map<String, String> all = new LinkedHashMap<>();
        if (withProxies) {
            GlobalArguments.PROXIES.stream().sorted().forEach(name -> {
                String value = build.spec().args().get(name);
                if (value != null) {
                    all.put(name, value);
                }
            });
        }
        all.put("PATH", ConfigDraft.DEFAULT_PATH);
        all.putAll(stage.args());
        all.putAll(stage.config().env);
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    private String createdBy(List<String> command) {
        StringBuilder text = new StringBuilder("RUN ");
        if (!stage.args().isEmpty()) {
            text.append('|').append(stage.args().size()).append(' ');
            stage.args()
                    .forEach((name, value) ->
                            text.append(name).append('=').append(value).append(' '));
        }
        return text.append(String.join(" ", command)).toString();
    }
}

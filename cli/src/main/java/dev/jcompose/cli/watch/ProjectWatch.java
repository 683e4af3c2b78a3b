package dev.jcompose.cli.watch;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.watch.FolderWatch;
import dev.jcompose.model.Hook;
import dev.jcompose.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Watches the files of a project, and does what its rules say, one burst of changes after the other. */
public final class ProjectWatch {
    /** Programs that save several files do so within this time. */
    private static final Duration QUIET = Duration.ofMillis(100);

    private static final Duration MOST = Duration.ofSeconds(2);
    private static final int MANY = 1000;

    private final Project project;
    private final WatchRules rules;
    private final Supplier<EngineApi> engine;
    private final Rebuild rebuild;
    private final WatchOutput output;
    private volatile boolean acting;

    /**
     * Watches nothing yet.
     *
     * @param engine the one that runs then: it may be another one later
     */
    public ProjectWatch(
            Project project, WatchRules rules, Supplier<EngineApi> engine, Rebuild rebuild, WatchOutput output) {
        this.project = project;
        this.rules = rules;
        this.engine = engine;
        this.rebuild = rebuild;
        this.output = output;
    }

    /** Whether containers are being changed now. */
    public boolean isActing() {
        return acting;
    }

    /**
     * Goes on until the thread is interrupted.
     *
     * @throws WatchException when files cannot be watched, or no longer
     */
    public void run() {
        try (FolderWatch watch = FolderWatch.open(rules.paths(), rules::leaveOut)) {
            // After the watch has begun, so that no change falls between.
            initialSync();
            output.say("Watch enabled");
            while (!Thread.currentThread().isInterrupted()) {
                react(watch.await(QUIET, MOST));
            }
        } catch (IOException e) {
            throw new WatchException("cannot watch " + rules.paths() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        output.say("Watch disabled");
    }

    private void initialSync() throws IOException {
        for (ServiceRule rule : rules.all()) {
            Path path = Path.of(rule.rule().path());
            if (rule.rule().initialSync() && rule.isSync() && Files.exists(path)) {
                Map<Path, String> targets = new TreeMap<>();
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(rule.filter()::matches).forEach(file -> targets.put(file, rule.target(file)));
                }
                sync(rule.service(), targets);
            }
        }
    }

    private void react(Collection<Path> changed) {
        Reaction reaction = Reaction.to(changed, rules);
        if (changed.size() > MANY) {
            output.say("Large batch of file changes detected. If you just switched branches, this is expected.");
        }
        acting = true;
        try {
            react(reaction);
        } catch (IOException | EngineException e) {
            if (e instanceof EngineException failed && failed.kind() == EngineException.Kind.CANCELLED) {
                Thread.currentThread().interrupt();
                return;
            }
            output.warn("Error handling changed files: " + e.getMessage());
        } finally {
            acting = false;
        }
    }

    private void react(Reaction reaction) throws IOException {
        if (!reaction.rebuild().isEmpty()) {
            rebuild.run(engine.get(), reaction.rebuild());
        }
        for (Map.Entry<String, Map<Path, String>> entry : reaction.sync().entrySet()) {
            output.say("Syncing service \"%s\" after %d changes were detected"
                    .formatted(entry.getKey(), entry.getValue().size()));
            sync(entry.getKey(), entry.getValue());
        }
        if (!reaction.restart().isEmpty()) {
            String directory = project.workingDirectory().toString();
            engine.get()
                    .projects()
                    .restart(
                            new ServicesRequest(
                                    new ServiceScope(project.name(), directory, null, reaction.restart()),
                                    null,
                                    null,
                                    false),
                            event -> {});
            output.say("service(s) %s restarted".formatted(quoted(reaction.restart())));
        }
        for (Map.Entry<String, List<Hook>> entry : reaction.exec().entrySet()) {
            for (ContainerSummary container : containers(entry.getKey())) {
                for (Hook hook : entry.getValue()) {
                    exec(container, hook);
                }
            }
        }
    }

    private List<ContainerSummary> containers(String service) {
        return engine.get().containers().list(Optional.of(project.name())).stream()
                .filter(container -> container.service().equals(service) && !container.oneOff())
                .toList();
    }

    private void sync(String service, Map<Path, String> targets) throws IOException {
        List<ContainerSummary> containers = containers(service);
        if (containers.isEmpty()) {
            output.warn("service \"%s\" has no container to sync to".formatted(service));
        }
        new Syncing(engine.get()).run(containers, targets);
    }

    private void exec(ContainerSummary container, Hook hook) {
        Map<String, String> environment = new HashMap<>();
        hook.environment().forEach((name, value) -> {
            if (value != null) {
                environment.put(name, value);
            }
        });
        List<String> command = hook.command() == null ? List.of() : new ArrayList<>(hook.command());
        ExecRequest request = new ExecRequest(
                container.id(),
                command,
                environment,
                hook.workingDir(),
                hook.user(),
                hook.privileged(),
                false,
                false,
                false,
                0,
                0);
        try (ExecSession session = engine.get().containers().exec(request)) {
            int code = session.run(output.out(), output.err());
            if (code != 0) {
                output.warn("command %s in %s exited with status %d".formatted(command, container.name(), code));
            }
        }
    }

    /** As Go prints a list of strings. */
    static String quoted(Set<String> services) {
        return services.stream()
                .sorted()
                .map(service -> "\"" + service + "\"")
                .collect(Collectors.joining(" ", "[", "]"));
    }
}

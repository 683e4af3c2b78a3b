package dev.jcompose.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.output.Ansi;
import dev.jcompose.cli.output.LogPrinter;
import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code up} in the foreground: brings the services up, shows their output until all have ended or the user has enough,
 * and then stops what it was asked to start.
 */
final class AttachedRun {
    /** 128 + SIGINT, as shells count. */
    private static final int INTERRUPTED = 130;

    private static final Pattern EXIT = Pattern.compile("exited with code (\\d+)(.*)");

    private final Session session;
    private final Project project;
    private final Set<String> named;
    private final AttachOptions options;
    private final EngineApi engine;
    private final Set<String> attached;
    private final LogPrinter printer;
    private final Map<String, String> serviceByContainer = new HashMap<>();
    private final GracefulStop stop;
    private @Nullable Integer exitCode;

    /**
     * Begins nothing yet.
     *
     * @param named the services on the command line; empty for all
     */
    AttachedRun(
            Session session,
            Project project,
            Set<String> named,
            AttachOptions options,
            @Nullable Integer stopTimeoutSeconds) {
        this.session = session;
        this.project = project;
        this.named = named;
        this.options = options;
        this.engine = session.engine();
        this.attached = attached();
        Ansi ansi = options.noColor ? new Ansi(false) : session.outAnsi();
        this.printer = new LogPrinter(session.out(), session.err(), ansi, !options.noLogPrefix, options.timestamps);
        this.stop = new GracefulStop(session, engine, project.name(), named, stopTimeoutSeconds);
    }

    private Set<String> attached() {
        Set<String> services = new TreeSet<>(project.servicesByName().keySet());
        if (!options.attach.isEmpty()) {
            services.retainAll(options.attach);
            return services;
        }
        if (!named.isEmpty() && !options.attachDependencies) {
            services.retainAll(named);
        }
        services.removeIf(service -> options.noAttach.contains(service)
                || Boolean.FALSE.equals(
                        project.service(service).map(Service::attach).orElse(null)));
        return services;
    }

    /** Runs until it is over; the exit code. */
    @SuppressWarnings("try") // the registration is there to be closed
    int run(UpRequest request) {
        Instant began = session.world().clock().instant();
        try (Registration interrupts = session.world().signals().onInterrupt(stop::interrupted)) {
            if (bringUp(request, began)) {
                attach(began);
            }
            boolean interrupted = stop.await();
            return interrupted ? INTERRUPTED : exitCode == null ? 0 : exitCode;
        }
    }

    /** False when the user interrupted it. */
    private boolean bringUp(UpRequest request, Instant began) {
        stop.cancels(Thread.currentThread());
        try (Progress progress = session.progress("up")) {
            engine.up(request, progress);
            return true;
        } catch (EngineException e) {
            if (stop.isInterrupted()) {
                return false;
            }
            // What the containers said is often the reason.
            showLogs(began);
            throw e;
        } finally {
            stop.cancels(null);
        }
    }

    private void showLogs(Instant since) {
        engine.logs(new LogsRequest(project.name(), attached, false, null, since, null, null), printer);
        boolean ignored = printer.flush();
    }

    private void attach(Instant since) {
        Target target = new Target(project.name(), Optional.of(project));
        List<ContainerSummary> containers = engine.containers(Optional.of(project.name())).stream()
                .filter(container -> !container.oneOff()
                        && project.service(container.service()).isPresent())
                .sorted(Comparator.comparing(ContainerSummary::name))
                .toList();
        containers.forEach(container -> serviceByContainer.put(target.shortName(container), container.service()));
        List<String> names = containers.stream()
                .filter(container -> attached.contains(container.service()))
                .map(target::shortName)
                .toList();
        printer.expect(names);
        session.out().println("Attaching to " + String.join(", ", names));
        session.out().flush();
        Set<String> followed = options.isAbortOnExit() || options.abortOnFailure
                ? project.servicesByName().keySet()
                : attached;
        stop.cancelsWhenStopped(Thread.currentThread());
        try {
            new LogReading(session, this::show, stop::isStopping)
                    .run(engine, new LogsRequest(project.name(), followed, true, null, since, null, null));
        } finally {
            stop.cancelsWhenStopped(null);
        }
    }

    private void show(LogEntry entry) {
        String service = serviceByContainer.getOrDefault(
                entry.container(), entry.container().replaceFirst("-\\d+$", ""));
        if (attached.contains(service)) {
            printer.on(entry);
            boolean ignored = printer.flush();
        }
        if (entry.source() == LogEntry.Source.ENGINE) {
            Matcher exit = EXIT.matcher(new String(entry.text(), UTF_8));
            if (exit.matches() && !exit.group(2).contains("(restarting)")) {
                exited(service, Integer.parseInt(exit.group(1)));
            }
        }
    }

    /** A container has ended and will not be started again. */
    private void exited(String service, int code) {
        if (options.exitCodeFrom != null) {
            if (service.equals(options.exitCodeFrom) && exitCode == null) {
                exitCode = code;
            }
            stop.abort();
        } else if (options.isAbortOnExit() || (options.abortOnFailure && code != 0)) {
            if (exitCode == null) {
                exitCode = code;
            }
            stop.abort();
        }
    }
}

package dev.jcompose.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.output.Ansi;
import dev.jcompose.cli.output.LogPrinter;
import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.LogEntry;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.api.ServiceScope;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
    private final Map<String, String> serviceByContainer = new ConcurrentHashMap<>();
    private final GracefulStop stop;
    private final ContainerNaming names;
    private volatile Consumer<Runnable> beside = Runnable::run;
    private final UpWatch watch;
    private volatile @Nullable UpMenu menu;
    private volatile boolean detached;
    private volatile @Nullable EngineException failure;
    private volatile @Nullable Integer exitCode;

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
            @Nullable Integer stopTimeoutSeconds,
            UpWatch watch) {
        this.session = session;
        this.project = project;
        this.named = named;
        this.options = options;
        this.watch = watch;
        this.engine = session.engine();
        this.attached = attached();
        this.names = new ContainerNaming(project);
        Ansi ansi = options.noColor ? new Ansi(false) : session.outAnsi();
        this.printer = new LogPrinter(session.out(), session.err(), ansi, !options.noLogPrefix, options.timestamps);
        ServiceScope scope = new Target(project.name(), Optional.of(project)).scope(named);
        this.stop = new GracefulStop(session, engine, scope, stopTimeoutSeconds);
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
        names.find(engine).forEach(serviceByContainer::put);
        LogReading reading = new LogReading(session, this::show, this::isOver);
        Thread reader = new Thread(() -> read(reading, began), "logs");
        reader.setDaemon(true);
        try (Registration interrupts = session.world().signals().onInterrupt(this::interrupted)) {
            bringUp(request, reader, reading, began);
            if (!stop.isStopping()) {
                interact(reader);
            }
            join(reader);
            leave();
            boolean interrupted = stop.await();
            if (failure != null) {
                throw failure;
            }
            return interrupted ? INTERRUPTED : exitCode == null ? 0 : exitCode;
        }
    }

    private boolean isOver() {
        return detached || stop.isStopping();
    }

    /** From now on the user can do something besides ending it. */
    private void interact(Thread reader) {
        if (UpMenu.isWanted(session, options.menu)) {
            UpMenu opened = new UpMenu(session, new Keys(reader));
            menu = opened;
            beside = opened::beside;
            opened.open();
        }
        if (options.watch) {
            watch.start(watching());
        }
    }

    private WatchLines watching() {
        return new WatchLines(session, printer, print -> beside.accept(print));
    }

    /** What the keys of the menu do. */
    private final class Keys implements UpMenu.Keys {
        private final Thread reader;

        Keys(Thread reader) {
            this.reader = reader;
        }

        @Override
        public void detach() {
            detached = true;
            reader.interrupt();
        }

        @Override
        public void toggleWatch() {
            if (watch.isOn()) {
                watch.stop();
            } else {
                watch.start(watching());
            }
        }

        @Override
        public boolean isWatching() {
            return watch.isOn();
        }
    }

    private void interrupted() {
        leave();
        stop.interrupted();
    }

    /** The end has begun: nothing is watched, and no key counts. */
    private void leave() {
        watch.stop();
        UpMenu open = menu;
        if (open != null) {
            open.close();
        }
    }

    /** The output is shown from the first container on, not only when all are there. */
    private void bringUp(UpRequest request, Thread reader, LogReading reading, Instant began) {
        stop.cancels(Thread.currentThread());
        try (Progress progress = session.progress("up")) {
            beside = session.world().terminal().isOutput() ? progress::beside : Runnable::run;
            engine.projects().up(request, event -> {
                progress.on(event);
                if (event.resource() == Event.Resource.CONTAINER) {
                    begin(reader);
                }
            });
            begin(reader);
        } catch (EngineException e) {
            if (stop.isStopping()) {
                return;
            }
            reader.interrupt();
            join(reader);
            beside = Runnable::run;
            // What the containers said is often the reason.
            reading.rest(engine, new LogsRequest(project.name(), followed(), false, null, began, null, null));
            throw e;
        } finally {
            beside = Runnable::run;
            stop.cancels(null);
        }
    }

    private static void begin(Thread reader) {
        if (reader.getState() == Thread.State.NEW) {
            reader.start();
        }
    }

    private static void join(Thread reader) {
        try {
            if (reader.getState() != Thread.State.NEW) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<String> followed() {
        // None would mean all.
        boolean all = options.isAbortOnExit() || options.abortOnFailure || attached.isEmpty();
        return all ? project.servicesByName().keySet() : attached;
    }

    private void read(LogReading reading, Instant since) {
        List<String> shown = serviceByContainer.entrySet().stream()
                .filter(entry -> attached.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        printer.expect(shown);
        beside.accept(() -> {
            session.out().println("Attaching to " + String.join(", ", shown));
            session.out().flush();
        });
        stop.cancelsWhenStopped(Thread.currentThread());
        try {
            LogsRequest request = new LogsRequest(project.name(), followed(), true, null, since, null, null);
            reading.run(engine, request);
            while (!isOver() && isReplaced()) {
                reading.run(engine, request);
            }
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.CANCELLED) {
                failure = e;
            }
        } finally {
            stop.cancelsWhenStopped(null);
        }
    }

    /** Whether what has ended was ended by a watch, and runs again. */
    private boolean isReplaced() {
        if (!watch.isOn()) {
            return false;
        }
        try {
            watch.awaitIdle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return session.engine().containers().list(Optional.of(project.name())).stream()
                .anyMatch(one -> one.isRunning() && !one.oneOff() && followed().contains(one.service()));
    }

    private void show(LogEntry entry) {
        String service = serviceByContainer.getOrDefault(
                entry.container(), entry.container().replaceFirst("-\\d+$", ""));
        if (attached.contains(service)) {
            beside.accept(() -> {
                printer.on(entry);
                boolean ignored = printer.flush();
            });
        }
        // One-off containers end when they like.
        if (entry.source() == LogEntry.Source.ENGINE && project.service(service).isPresent()) {
            Matcher exit = EXIT.matcher(new String(entry.text(), UTF_8));
            if (exit.matches() && !exit.group(2).contains("(restarting)") && !watch.isActing()) {
                exited(service, Integer.parseInt(exit.group(1)));
            }
        }
    }

    /** A container has ended and will not be started again. */
    private void exited(String service, int code) {
        boolean ends = options.isAbortOnExit() || (options.abortOnFailure && code != 0);
        boolean counts = options.exitCodeFrom == null ? ends : service.equals(options.exitCodeFrom);
        if (counts && exitCode == null) {
            exitCode = code;
        }
        if (ends) {
            abort();
        }
    }

    private void abort() {
        leave();
        stop.abort();
    }
}

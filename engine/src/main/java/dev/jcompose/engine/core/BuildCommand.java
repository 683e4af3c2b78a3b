package dev.jcompose.engine.core;

import dev.jcompose.engine.api.BuildOperations;
import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.build.RemoteContexts;
import dev.jcompose.engine.build.ServiceBuild;
import dev.jcompose.engine.event.Events;
import dev.jcompose.images.Image;
import dev.jcompose.images.build.BuildSpec;
import dev.jcompose.images.build.ImageBuilder;
import dev.jcompose.images.build.ProgressLog;
import dev.jcompose.linux.Linux;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.write.ProjectReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Builds the images of services: several at once, those that others use first. */
public final class BuildCommand implements BuildOperations {
    private static final int AT_ONCE = 4;
    private static final long STOP_SECONDS = 90;

    private final Linux linux;
    private final ImageBuilder builder;
    private final Clock clock;

    public BuildCommand(Linux linux, ImageBuilder builder, Clock clock) {
        this.linux = linux;
        this.builder = builder;
        this.clock = clock;
    }

    /** @throws EngineException see {@link dev.jcompose.engine.api.BuildOperations#build} */
    @Override
    public void build(BuildRequest request, EventListener listener) {
        run(ProjectReader.fromJson(request.projectJson()), request, listener);
    }

    /** The same for a project that has been read; the request's own text is not looked at. */
    public void run(Project project, BuildRequest request, EventListener listener) {
        Map<String, ServiceBuild> builds = new LinkedHashMap<>();
        for (String name : names(project, request)) {
            add(project, name, request, builds);
        }
        Events events = new Events(project.name(), clock, listener);
        if (builds.isEmpty()) {
            events.warning("No services to build");
            return;
        }
        builds.values().forEach(build -> build.warnings().forEach(events::warning));
        try (RemoteContexts remote = new RemoteContexts(linux, builder, line -> output(events, line))) {
            Map<String, BuildSpec> specs = specs(builds, remote);
            if (request.checkOnly()) {
                specs.values().forEach(spec -> check(spec, events));
            } else {
                new Running(project, builds, specs, listener).await();
            }
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static void output(Events events, String line) {
        events.image("context", Event.Action.BUILDING, Event.Status.WORKING, "", Map.of(BuildRequest.OUTPUT, line));
    }

    /** Builds the image of one service, for {@code up}. */
    public void build(Project project, Service service, ImageOptions options, Events events) {
        BuildRequest request = BuildRequest.of("", Set.of(service.name())).with(options.environment());
        run(project, request, event -> {
            if (!options.quietBuild() || !event.attributes().containsKey(BuildRequest.OUTPUT)) {
                events.pass(event);
            }
        });
    }

    private static Set<String> names(Project project, BuildRequest request) {
        try {
            Project selected = request.services().isEmpty()
                    ? project
                    : project.withServices(request.services(), request.withDependencies());
            Set<String> names = new LinkedHashSet<>();
            selected.services().stream()
                    .filter(service -> service.build() != null)
                    .forEach(service -> names.add(service.name()));
            return names;
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** A service and, before it, those that it uses; a circle has been refused when the file was loaded. */
    private static void add(Project project, String name, BuildRequest request, Map<String, ServiceBuild> builds) {
        Optional<Service> service = project.service(name).filter(found -> found.build() != null);
        if (builds.containsKey(name) || service.isEmpty()) {
            return;
        }
        ServiceBuild build = new ServiceBuild(project, service.get(), request);
        for (String used : build.uses()) {
            if (used.equals(name)) {
                throw new EngineException(Kind.INVALID, "services." + name + ".build: it is its own context");
            }
            add(project, used, request, builds);
        }
        builds.put(name, build);
    }

    private static Map<String, BuildSpec> specs(Map<String, ServiceBuild> builds, RemoteContexts remote) {
        Map<String, BuildSpec> specs = new LinkedHashMap<>();
        builds.forEach((name, build) -> {
            try {
                specs.put(name, build.spec(remote));
            } catch (IOException | IllegalArgumentException e) {
                throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
            }
        });
        return specs;
    }

    private void check(BuildSpec spec, Events events) {
        try {
            builder.check(spec).forEach(events::warning);
        } catch (IOException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** Builds that go on. What they tell goes through a queue to the thread that waits. */
    private final class Running {
        private final BlockingQueue<Optional<Event>> told = new LinkedBlockingQueue<>();
        private final EventListener listener;
        private final Events events;
        private final AtomicInteger steps = new AtomicInteger();
        private final ExecutorService pool;
        private final CompletableFuture<Void> all;

        Running(
                Project project,
                Map<String, ServiceBuild> builds,
                Map<String, BuildSpec> specs,
                EventListener listener) {
            this.listener = listener;
            events = new Events(project.name(), clock, event -> told.add(Optional.of(event)));
            pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, specs.size()), task -> {
                Thread thread = new Thread(task, "build");
                thread.setDaemon(true);
                return thread;
            });
            Map<String, CompletableFuture<Void>> running = new LinkedHashMap<>();
            builds.forEach((name, build) -> {
                BuildSpec spec = Objects.requireNonNull(specs.get(name));
                String image = project.imageName(build.service());
                CompletableFuture<?>[] before = build.uses().stream()
                        .filter(running::containsKey)
                        .map(running::get)
                        .toArray(CompletableFuture<?>[]::new);
                running.put(name, CompletableFuture.allOf(before).thenRunAsync(() -> build(image, spec), pool));
            });
            all = CompletableFuture.allOf(running.values().toArray(CompletableFuture<?>[]::new));
            all.whenComplete((done, failure) -> told.add(Optional.empty()));
        }

        private void build(String name, BuildSpec spec) {
            events.image(name, Event.Action.BUILDING, Event.Status.WORKING, "", Map.of());
            ProgressLog progress = new ProgressLog(
                    clock,
                    steps,
                    line -> events.image(
                            name, Event.Action.BUILDING, Event.Status.WORKING, "", Map.of(BuildRequest.OUTPUT, line)));
            try {
                Image image = builder.build(spec, progress);
                events.image(name, Event.Action.BUILT, Event.Status.DONE, "", Map.of("id", image.id()));
            } catch (InterruptedIOException e) {
                throw new EngineException(Kind.CANCELLED, "canceled", e);
            } catch (IOException e) {
                events.image(name, Event.Action.ERROR, Event.Status.ERROR, "", Map.of());
                throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
            }
        }

        void await() {
            try {
                for (Optional<Event> next = told.take(); next.isPresent(); next = told.take()) {
                    listener.on(next.get());
                }
                Await.done(all, null, "");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException(Kind.CANCELLED, "canceled", e);
            } finally {
                stop();
            }
        }

        /** Kills what still runs, and returns when it is gone. */
        private void stop() {
            pool.shutdownNow();
            boolean interrupted = Thread.interrupted();
            try {
                if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                    throw new EngineException(Kind.FAILED, "a build does not end");
                }
            } catch (InterruptedException e) {
                interrupted = true;
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}

package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.core.ImageProvision.Need;
import dev.jcompose.engine.event.Events;
import dev.jcompose.images.Image;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Has the images of all services of a project, before anything is made from them. */
final class ImagePreparation {
    private static final int AT_A_TIME = 4;

    private final ImageProvision provision;

    ImagePreparation(ImageProvision provision) {
        this.provision = provision;
    }

    /** What is to be done once: services that need the same pull share it. */
    private record Work(Need need, String service) {}

    /**
     * The image of each service; in a dry run those that would have to be pulled or built are missing.
     *
     * @throws EngineException naming each service whose image cannot be had
     */
    Map<String, Image> images(Project project, UpRequest request, Events events) throws IOException {
        Map<String, Image> images = new LinkedHashMap<>();
        Map<Work, List<String>> open = new LinkedHashMap<>();
        needs(project, request).forEach((service, need) -> {
            if (need instanceof Need.Nothing nothing) {
                images.put(service, nothing.image());
            } else {
                Work work = new Work(need, need instanceof Need.Pull ? "" : service);
                open.computeIfAbsent(work, w -> new ArrayList<>()).add(service);
            }
        });
        if (open.isEmpty()) {
            return images;
        }
        if (request.execution().dryRun()) {
            open.keySet().forEach(work -> rehearse(work.need(), events));
        } else {
            images.putAll(provide(project, request, open, events));
        }
        return images;
    }

    private Map<String, Need> needs(Project project, UpRequest request) throws IOException {
        Map<String, Need> needs = new LinkedHashMap<>();
        List<EngineException> problems = new ArrayList<>();
        for (Service service : project.services()) {
            try {
                needs.put(service.name(), provision.need(project, service, request.images()));
            } catch (EngineException e) {
                problems.add(e);
            }
        }
        if (!problems.isEmpty()) {
            throw new EngineException(
                    problems.get(0).kind(),
                    String.join(
                            "\n",
                            problems.stream()
                                    .map(problem -> String.valueOf(problem.getMessage()))
                                    .distinct()
                                    .toList()));
        }
        return needs;
    }

    private static void rehearse(Need need, Events events) {
        boolean build = need instanceof Need.Build;
        String reference = build ? ((Need.Build) need).reference() : ((Need.Pull) need).reference();
        String begin = build ? Action.BUILDING : Action.PULLING;
        events.resource(Resource.IMAGE, reference, begin, Status.WORKING, "");
        events.resource(Resource.IMAGE, reference, build ? Action.BUILT : Action.PULLED, Status.DONE, "");
    }

    /** On threads of its own: a pull may take minutes, in which the engine's own few are needed elsewhere. */
    private Map<String, Image> provide(
            Project project, UpRequest request, Map<Work, List<String>> open, Events events) {
        int limit = request.execution().parallel() > 0
                ? Math.min(request.execution().parallel(), AT_A_TIME)
                : AT_A_TIME;
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(limit, open.size()));
        Map<List<String>, CompletableFuture<Image>> results = new LinkedHashMap<>();
        try {
            open.forEach((work, services) -> {
                Service service = project.service(services.get(0)).orElseThrow();
                results.put(
                        services,
                        CompletableFuture.supplyAsync(
                                () -> provide(project, request, service, work.need(), events), threads));
            });
            Await.done(
                    CompletableFuture.allOf(results.values().toArray(CompletableFuture<?>[]::new)), null, "too late");
        } finally {
            threads.shutdownNow();
        }
        Map<String, Image> images = new HashMap<>();
        results.forEach((services, image) -> services.forEach(service -> images.put(service, image.join())));
        return images;
    }

    private Image provide(Project project, UpRequest request, Service service, Need need, Events events) {
        try {
            return provision.provide(project, service, need, request.images(), events);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    new IOException("services." + service.name() + ": cannot have its image: " + e.getMessage(), e));
        }
    }
}

package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Resource;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.core.ImageProvision.Need;
import dev.jcompose.engine.event.Events;
import dev.jcompose.images.Image;
import dev.jcompose.model.Hook;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
     * Who wants it.
     *
     * @param first whose settings count
     * @param services the services whose own image it is
     */
    private record Wanted(Service first, List<String> services) {}

    /**
     * The image of each service; in a dry run those that would have to be pulled or built are missing.
     *
     * @throws EngineException naming each service whose image cannot be had
     */
    Map<String, Image> images(Project project, UpRequest request, Events events) throws IOException {
        Map<String, Image> images = new LinkedHashMap<>();
        Map<Work, Wanted> open = new LinkedHashMap<>();
        needs(project, request)
                .forEach((service, needs) -> needs.forEach(need -> {
                    if (need.of() instanceof Need.Nothing nothing) {
                        if (need.own()) {
                            images.put(service.name(), nothing.image());
                        }
                        return;
                    }
                    Work work = new Work(need.of(), need.of() instanceof Need.Pull ? "" : service.name());
                    Wanted wanted = open.computeIfAbsent(work, w -> new Wanted(service, new ArrayList<>()));
                    if (need.own()) {
                        wanted.services().add(service.name());
                    }
                }));
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

    /**
     * What a service needs.
     *
     * @param own whether its containers are made from it
     */
    private record ServiceNeed(Need of, boolean own) {}

    private Map<Service, List<ServiceNeed>> needs(Project project, UpRequest request) throws IOException {
        Map<Service, List<ServiceNeed>> needs = new LinkedHashMap<>();
        List<EngineException> problems = new ArrayList<>();
        for (Service service : project.services()) {
            try {
                List<ServiceNeed> all = new ArrayList<>();
                all.add(new ServiceNeed(provision.need(project, service, request.images()), true));
                for (String image : others(project, service)) {
                    all.add(new ServiceNeed(provision.need(image, service, request.images()), false));
                }
                needs.put(service, all);
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

    /** The images that a service mounts or runs hooks in, but those that a service of the project has for its own. */
    private static Set<String> others(Project project, Service service) {
        Set<String> others = new LinkedHashSet<>();
        for (ServiceVolume volume : service.volumes()) {
            if (volume.type() == ServiceVolume.Type.IMAGE && volume.source() != null) {
                others.add(volume.source());
            }
        }
        for (Hook hook : service.hooks().preStart()) {
            if (hook.image() != null) {
                others.add(hook.image());
            }
        }
        project.services().forEach(own -> others.remove(project.imageName(own)));
        return others;
    }

    private static void rehearse(Need need, Events events) {
        boolean build = need instanceof Need.Build;
        String reference = build ? ((Need.Build) need).reference() : ((Need.Pull) need).reference();
        String begin = build ? Action.BUILDING : Action.PULLING;
        events.resource(Resource.IMAGE, reference, begin, Status.WORKING, "");
        events.resource(Resource.IMAGE, reference, build ? Action.BUILT : Action.PULLED, Status.DONE, "");
    }

    /** On threads of its own: a pull may take minutes, in which the engine's own few are needed elsewhere. */
    private Map<String, Image> provide(Project project, UpRequest request, Map<Work, Wanted> open, Events events) {
        int limit = request.execution().parallel() > 0
                ? Math.min(request.execution().parallel(), AT_A_TIME)
                : AT_A_TIME;
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(limit, open.size()));
        Map<Work, CompletableFuture<Image>> results = new LinkedHashMap<>();
        try {
            open.forEach((work, wanted) -> results.put(
                    work,
                    CompletableFuture.supplyAsync(
                            () -> provide(project, request, wanted.first(), work.need(), events), threads)));
            Await.done(
                    CompletableFuture.allOf(results.values().toArray(CompletableFuture<?>[]::new)), null, "too late");
        } finally {
            threads.shutdownNow();
        }
        Map<String, Image> images = new HashMap<>();
        open.forEach((work, wanted) -> wanted.services()
                .forEach(service -> images.put(
                        service, Objects.requireNonNull(results.get(work)).join())));
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

package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.Labels;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.engine.image.ImageFinder;
import dev.jcompose.images.Image;
import dev.jcompose.model.Hook;
import dev.jcompose.model.Hooks;
import dev.jcompose.model.Security;
import dev.jcompose.model.Service;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code pre_start} hooks, one after the other, each in a container of its own on the service's networks and with
 * its volumes, before the first start of the service's new containers. Not again when a service that has run is started
 * or gets further replicas, unless it is to run for each. A container whose hook fails stays, for those who want to
 * look at it, until the next time.
 */
final class PreStartHooks {
    private static final int SHOWN_LINES = 10;

    private final EngineParts parts;
    /** What is done once for a service: of it, and of its hooks by their places. */
    private final Map<String, CompletableFuture<Void>> once = new ConcurrentHashMap<>();

    private final Set<String> replaced = ConcurrentHashMap.newKeySet();

    /** For one plan. */
    PreStartHooks(EngineParts parts) {
        this.parts = parts;
    }

    /** Containers of a service are replaced by new ones: its hooks run although old ones may run still. */
    void replacing(String service) {
        replaced.add(service);
    }

    /** Ends when the container may start; fails with an {@link EngineException} if a hook does. */
    CompletableFuture<Void> before(Container container) {
        List<Hook> hooks = container.service().hooks().preStart();
        if (hooks.isEmpty() || container.status().startedAt() != null) {
            return CompletableFuture.completedFuture(null);
        }
        String service = container.config().service();
        boolean further = isFurther(container);
        CompletableFuture<Void> done = once.computeIfAbsent(
                service, name -> CompletableFuture.runAsync(() -> removeFailed(container), parts.workers()));
        for (int i = 0; i < hooks.size(); i++) {
            Hook hook = hooks.get(i);
            String place = service + "[" + i + "]";
            if (hook.perReplica()) {
                done = done.thenCompose(before -> run(container, hook));
            } else if (!further) {
                done = done.thenCompose(before -> once.computeIfAbsent(place, first -> run(container, hook)));
            }
        }
        return done;
    }

    /** Whether others of its service run already, and not only to be replaced. */
    private boolean isFurther(Container container) {
        return !replaced.contains(container.config().service())
                && siblings(container).stream()
                        .anyMatch(other ->
                                !other.config().oneOff() && other.status().isAlive());
    }

    /** Those of the last time. */
    private void removeFailed(Container container) {
        for (Container left : siblings(container)) {
            if (left.config().labels().containsKey(Labels.HOOK)
                    && !left.status().isAlive()) {
                remove(left);
            }
        }
    }

    private void remove(Container hook) {
        try {
            parts.stopper().remove(hook, false);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private List<Container> siblings(Container container) {
        return parts.table().ofProject(container.config().project()).stream()
                .filter(other ->
                        other.config().service().equals(container.config().service()))
                .toList();
    }

    private CompletableFuture<Void> run(Container container, Hook hook) {
        return CompletableFuture.supplyAsync(() -> begin(container, hook), parts.workers())
                .thenCompose(made -> made.when(now -> now.status().finishedAt() != null)
                        .thenAcceptAsync(now -> ended(container, made), parts.workers()));
    }

    private Container begin(Container container, Hook hook) {
        try {
            Service service = service(container.service(), hook);
            Container made = parts.creator()
                    .createOneOff(
                            container.project().withServices(Map.of(service.name(), service), Map.of()),
                            service,
                            null,
                            image(container, hook),
                            new OneOff(false, false, false),
                            container.config().anonymousVolumes());
            boolean started = parts.supervisor().start(made);
            if (!started) {
                throw new IllegalStateException(made + " runs already");
            }
            return made;
        } catch (IOException | IllegalArgumentException e) {
            throw new CompletionException(new EngineException(
                    Kind.FAILED, "cannot run a pre_start hook of " + container + ": " + e.getMessage(), e));
        }
    }

    private Image image(Container container, Hook hook) throws IOException {
        String own = container.service().image();
        if (hook.image() == null || hook.image().equals(own)) {
            return parts.imageLookup().byId(container.config().imageId(), own);
        }
        return parts.images()
                .find(ImageFinder.reference(hook.image()))
                .orElseThrow(() -> new EngineException(Kind.NOT_FOUND, "no such image: " + hook.image()));
    }

    /** The service with what the hook has of its own, and without what is only for its real containers. */
    private static Service service(Service service, Hook hook) {
        Map<String, String> labels = new HashMap<>(service.labels());
        labels.put(Labels.HOOK, "pre_start");
        Map<String, @Nullable String> environment = new HashMap<>(service.environment());
        environment.putAll(hook.environment());
        Security security = service.security();
        return service.toBuilder()
                .command(hook.command())
                .entrypoint(hook.command() == null ? null : List.of())
                .user(hook.user() == null ? service.user() : hook.user())
                .workingDir(hook.workingDir() == null ? service.workingDir() : hook.workingDir())
                .environment(environment)
                .labels(labels)
                .security(new Security(
                        security.privileged() || hook.privileged(),
                        security.readOnly(),
                        security.capAdd(),
                        security.capDrop(),
                        security.securityOpt(),
                        security.groupAdd(),
                        security.devices(),
                        security.deviceCgroupRules()))
                .containerName(null)
                .ports(List.of())
                .restart(null)
                .healthcheck(null)
                .hooks(new Hooks(List.of(), List.of(), List.of()))
                .tty(false)
                .build();
    }

    private void ended(Container container, Container made) {
        int code = made.status().exitCode();
        if (code != 0) {
            List<String> lines = parts.logs().of(made, SHOWN_LINES);
            throw new EngineException(
                    Kind.FAILED,
                    "%s pre_start hook exited with status %d in container %s%s"
                            .formatted(
                                    container.config().service(),
                                    code,
                                    made,
                                    lines.isEmpty() ? "" : ":\n" + String.join("\n", lines)));
        }
        remove(made);
    }
}

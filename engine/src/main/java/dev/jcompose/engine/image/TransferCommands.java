package dev.jcompose.engine.image;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.LoginRequest;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest.Login;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.event.Events;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.transfer.ImageTransfer;
import dev.jcompose.images.transfer.PullRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Pulls, pushes and logins. */
public final class TransferCommands {
    private static final int AT_ONCE = 4;

    private final ImageStore store;
    private final ImageTransfer transfer;
    private final ImageFinder finder;
    private final Clock clock;
    private final Map<String, String> ownEnvironment;

    /** @param ownEnvironment for requests of clients that say nothing of theirs */
    public TransferCommands(ImageStore store, ImageTransfer transfer, Clock clock, Map<String, String> ownEnvironment) {
        this.store = store;
        this.transfer = transfer;
        this.finder = new ImageFinder(store);
        this.clock = clock;
        this.ownEnvironment = Map.copyOf(ownEnvironment);
    }

    /** One image's part of a command; throws what the user is to read. */
    @FunctionalInterface
    private interface Work {
        void run(Events events) throws IOException;
    }

    /** @throws EngineException see {@link dev.jcompose.engine.api.ImageOperations#pull} */
    public void pull(PullImagesRequest request, EventListener listener) {
        RegistryAccess access = access(request.environment(), request.login());
        Map<String, Work> works = new LinkedHashMap<>();
        for (PullImagesRequest.Item item : request.items()) {
            works.putIfAbsent(item.image(), events -> pull(item, access, events));
        }
        run(works, request.ignoreFailures(), listener);
    }

    private void pull(PullImagesRequest.Item item, RegistryAccess access, Events events) throws IOException {
        String image = item.image();
        PullPolicy policy = PullPolicy.parse(item.policy());
        Optional<Image> here = store.find(ImageFinder.reference(image));
        if (!policy.pulls(here.map(Image::lastTagged).orElse(null), clock.instant())) {
            String why = here.isPresent() ? "Image is already present locally" : "Image is not pulled by its policy";
            events.image(image, Action.SKIPPED, Status.DONE, why, Map.of());
            return;
        }
        events.image(image, Action.PULLING, Status.WORKING, "", Map.of());
        transfer.pull(
                new PullRequest(ImageFinder.reference(image), platform(item.platform()), access),
                TransferText.layers(events, image));
        events.image(image, Action.PULLED, Status.DONE, "", Map.of());
    }

    /** @throws EngineException see {@link dev.jcompose.engine.api.ImageOperations#push} */
    public void push(PushImagesRequest request, EventListener listener) {
        RegistryAccess access = access(request.environment(), request.login());
        Map<String, Work> works = new LinkedHashMap<>();
        for (String image : request.images()) {
            works.put(image, events -> {
                Image found = finder.find(image);
                events.image(image, Action.PUSHING, Status.WORKING, "", Map.of());
                var digest =
                        transfer.push(found, ImageFinder.reference(image), access, TransferText.layers(events, image));
                events.image(image, Action.PUSHED, Status.DONE, digest.toString(), Map.of());
            });
        }
        run(works, request.ignoreFailures(), listener);
    }

    /** Does the work of all images; what they tell comes on this thread, and all failures at the end. */
    private void run(Map<String, Work> works, boolean ignoreFailures, EventListener listener) {
        if (works.isEmpty()) {
            return;
        }
        BlockingQueue<Optional<Runnable>> told = new LinkedBlockingQueue<>();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, works.size()), task -> {
            Thread thread = new Thread(task, "image-transfer");
            thread.setDaemon(true);
            return thread;
        });
        List<EngineException> failures = new ArrayList<>();
        try {
            works.forEach((image, work) -> pool.execute(() -> {
                Events events = new Events("", clock, event -> told.add(Optional.of(() -> listener.on(event))));
                try {
                    work.run(events);
                } catch (IOException | RuntimeException e) {
                    EngineException failure = e instanceof IOException io
                            ? TransferText.failure(io)
                            : e instanceof EngineException engine
                                    ? engine
                                    : new EngineException(Kind.FAILED, image + ": " + e, e);
                    told.add(Optional.of(() -> {
                        failures.add(failure);
                        listener.on(failed(image, failure, ignoreFailures));
                    }));
                }
                told.add(Optional.empty());
            }));
            int open = works.size();
            while (open > 0) {
                Optional<Runnable> next = told.take();
                next.ifPresent(Runnable::run);
                open -= next.isPresent() ? 0 : 1;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.CANCELLED, "canceled", e);
        } finally {
            pool.shutdownNow();
        }
        if (!failures.isEmpty() && !ignoreFailures) {
            throw new EngineException(
                    failures.get(0).kind(),
                    String.join(
                            "\n",
                            failures.stream()
                                    .map(failure -> String.valueOf(failure.getMessage()))
                                    .toList()));
        }
    }

    private Event failed(String image, EngineException failure, boolean ignored) {
        return new Event(
                clock.instant(),
                Event.Resource.IMAGE,
                "",
                image,
                image,
                ignored ? Action.WARNING : Action.ERROR,
                ignored ? Status.WARNING : Status.ERROR,
                String.valueOf(failure.getMessage()),
                Map.of());
    }

    /** The digest of what the registry has. */
    public String resolve(String reference, Map<String, String> environment) {
        try {
            return transfer.resolve(ImageFinder.reference(reference), access(environment, null))
                    .toString();
        } catch (IOException e) {
            throw TransferText.failure(e);
        }
    }

    /** @return see {@link dev.jcompose.engine.api.ImageOperations#login} */
    public String login(LoginRequest request) {
        try {
            return transfer.login(
                            request.registry(),
                            Credentials.of(request.username(), request.password()),
                            request.keep(),
                            access(request.environment(), null))
                    .map(Object::toString)
                    .orElse("");
        } catch (IOException e) {
            throw TransferText.failure(e);
        }
    }

    /** @return see {@link dev.jcompose.engine.api.ImageOperations#logout} */
    public boolean logout(String registry, Map<String, String> environment) {
        try {
            return transfer.logout(registry, access(environment, null));
        } catch (IOException e) {
            throw TransferText.failure(e);
        }
    }

    /** The caller's way to registries. */
    private RegistryAccess access(Map<String, String> environment, @Nullable Login login) {
        RegistryAccess access = RegistryAccess.of(environment.isEmpty() ? ownEnvironment : environment);
        return login == null
                ? access
                : access.with(new Credentials(login.username(), login.password(), login.identityToken()));
    }

    /**
     * What a service runs on.
     *
     * @throws EngineException of kind INVALID
     */
    public static Platform platform(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? Platform.current() : Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }
}

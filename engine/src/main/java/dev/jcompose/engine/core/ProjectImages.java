package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.image.ImageFinder;
import dev.jcompose.engine.image.PullPolicy;
import dev.jcompose.engine.image.TransferCommands;
import dev.jcompose.engine.image.TransferText;
import dev.jcompose.images.HostImage;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.transfer.ImageTransfer;
import dev.jcompose.images.transfer.PullRequest;
import dev.jcompose.images.transfer.TransferListener;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images from the store, from registries and from builds, as policies say. */
final class ProjectImages implements ImageProvision {
    private final ImageStore store;
    private final ImageTransfer transfer;
    private final Building building;
    private final Clock clock;

    /** Builds the image of a service under its name. */
    @FunctionalInterface
    interface Building {
        void build(Project project, Service service, ImageOptions options, Events events) throws IOException;
    }

    ProjectImages(ImageStore store, ImageTransfer transfer, Building building, Clock clock) {
        this.store = store;
        this.transfer = transfer;
        this.building = building;
        this.clock = clock;
    }

    @Override
    public Need need(Project project, Service service, ImageOptions options) throws IOException {
        ImageReference reference = ImageFinder.reference(project.imageName(service));
        Platform platform = TransferCommands.platform(service.platform());
        Optional<Image> here = store.find(reference).filter(image -> suits(platform, image, service));
        boolean buildable = service.build() != null;
        if (reference.equals(HostImage.NAME) && here.isPresent()) {
            return new Need.Nothing(here.get());
        }
        PullPolicy policy = PullPolicy.parse(options.pull() != null ? options.pull() : service.pullPolicy());
        if (buildable && !options.noBuild() && (options.build() || policy.rule() == PullPolicy.Rule.BUILD)) {
            return new Need.Build(reference.toString());
        }
        // What has no name of its own is in no registry.
        boolean pullable = service.image() != null;
        if (pullable && policy.pulls(here.map(Image::lastTagged).orElse(null), clock.instant())) {
            return new Need.Pull(reference.toString());
        }
        if (here.isPresent()) {
            return new Need.Nothing(here.get());
        }
        if (buildable && !options.noBuild()) {
            return new Need.Build(reference.toString());
        }
        throw missing(service, reference, buildable ? ": it was not built (--no-build)" : forbidden(options, service));
    }

    @Override
    public Need need(String image, Service service, ImageOptions options) throws IOException {
        ImageReference reference = ImageFinder.reference(image);
        Platform platform = TransferCommands.platform(service.platform());
        Optional<Image> here = store.find(reference).filter(found -> suits(platform, found, service));
        PullPolicy policy = PullPolicy.parse(options.pull() != null ? options.pull() : service.pullPolicy());
        if (reference.equals(HostImage.NAME) && here.isPresent()) {
            return new Need.Nothing(here.get());
        }
        if (policy.pulls(here.map(Image::lastTagged).orElse(null), clock.instant())) {
            return new Need.Pull(reference.toString());
        }
        return new Need.Nothing(here.orElseThrow(() -> missing(service, reference, forbidden(options, service))));
    }

    private static EngineException missing(Service service, ImageReference reference, String why) {
        return new EngineException(
                Kind.NOT_FOUND, "services.%s: no such image: %s%s".formatted(service.name(), reference, why));
    }

    private static String forbidden(ImageOptions options, Service service) {
        return ": it is not here, and policy \"" + policyName(options, service) + "\" forbids to pull it";
    }

    private static @Nullable String policyName(ImageOptions options, Service service) {
        return options.pull() != null ? options.pull() : service.pullPolicy();
    }

    /** Without {@code platform:}, whatever is here will do. */
    private static boolean suits(Platform platform, Image image, Service service) {
        Platform of = new Platform(image.config().os(), image.config().architecture(), null);
        return service.platform() == null || of.architecture().isEmpty() || platform.suits(of) > 0;
    }

    @Override
    public Image provide(Project project, Service service, Need need, ImageOptions options, Events events)
            throws IOException {
        ImageReference own = ImageFinder.reference(project.imageName(service));
        if (need instanceof Need.Build) {
            return built(project, service, options, events, own);
        }
        if (need instanceof Need.Nothing nothing) {
            return nothing.image();
        }
        String name = ((Need.Pull) need).reference();
        ImageReference reference = ImageFinder.reference(name);
        events.image(name, Action.PULLING, Status.WORKING, "", Map.of());
        try {
            TransferListener listener = options.quietPull() ? TransferListener.NONE : TransferText.layers(events, name);
            Image image = transfer.pull(
                    new PullRequest(
                            reference,
                            TransferCommands.platform(service.platform()),
                            RegistryAccess.of(options.environment())),
                    listener);
            events.image(name, Action.PULLED, Status.DONE, "", Map.of());
            return image;
        } catch (IOException e) {
            EngineException failure = TransferText.failure(e);
            boolean buildable = service.build() != null && reference.equals(own);
            if (buildable && !options.noBuild() && failure.kind() != Kind.CANCELLED) {
                events.image(name, Action.WARNING, Status.WARNING, String.valueOf(e.getMessage()), Map.of());
                return built(project, service, options, events, reference);
            }
            events.image(name, Action.ERROR, Status.ERROR, String.valueOf(e.getMessage()), Map.of());
            throw new EngineException(
                    failure.kind(),
                    "services." + service.name() + ": image \"" + name + "\": " + failure.getMessage(),
                    failure);
        }
    }

    private Image built(Project project, Service service, ImageOptions options, Events events, ImageReference reference)
            throws IOException {
        building.build(project, service, options, events);
        return store.find(reference)
                .orElseThrow(() -> new EngineException(
                        Kind.FAILED, "image \"" + reference + "\" was built, but is not here any more"));
    }
}

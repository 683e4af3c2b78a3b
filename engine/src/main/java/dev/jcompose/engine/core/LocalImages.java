package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.event.Events;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.io.IOException;
import java.util.Optional;

/** The images that are in the store, and those that can be built. */
final class LocalImages implements ImageProvision {
    private final ImageStore images;
    private final BuildCommand builds;

    LocalImages(ImageStore images, BuildCommand builds) {
        this.images = images;
        this.builds = builds;
    }

    @Override
    public Need need(Project project, Service service, ImageOptions options) throws IOException {
        String name = project.imageName(service);
        if ("always".equals(options.pull())) {
            throw new EngineException(
                    Kind.INVALID,
                    "--pull always is not supported: jcompose has no registry client yet; load images with jcompose load");
        }
        Optional<Image> here = images.find(ImageReference.parse(name));
        boolean asked = options.build() || "build".equals(service.pullPolicy());
        if (service.build() != null && !options.noBuild() && (asked || here.isEmpty())) {
            return new Need.Build(name);
        }
        return new Need.Nothing(here.orElseThrow(() -> new EngineException(
                Kind.NOT_FOUND,
                "services." + service.name() + ": image \"" + name + "\" is not here; load it with:"
                        + " jcompose load -i image.tar (pulling from registries is not supported yet)")));
    }

    @Override
    public Image provide(Project project, Service service, Need need, ImageOptions options, Events events)
            throws IOException {
        if (need instanceof Need.Nothing nothing) {
            return nothing.image();
        }
        builds.build(project, service, options, events);
        String name = project.imageName(service);
        return images.find(ImageReference.parse(name))
                .orElseThrow(() -> new EngineException(Kind.FAILED, "image \"" + name + "\" is gone again"));
    }
}

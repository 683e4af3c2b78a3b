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

/** Only the images that are in the store. */
final class LocalImages implements ImageProvision {
    private final ImageStore images;

    LocalImages(ImageStore images) {
        this.images = images;
    }

    @Override
    public Need need(Project project, Service service, ImageOptions options) throws IOException {
        String name = service.image();
        if (name == null) {
            throw new EngineException(
                    Kind.INVALID,
                    "services." + service.name()
                            + " has no image: building images is not supported yet; load one with jcompose load and"
                            + " name it in image:");
        }
        if ("always".equals(options.pull())) {
            throw new EngineException(
                    Kind.INVALID,
                    "--pull always is not supported: jcompose has no registry client yet; load images with jcompose load");
        }
        if (options.build() && service.build() != null) {
            throw new EngineException(
                    Kind.INVALID,
                    "--build is not supported: jcompose cannot build the image of service \"" + service.name()
                            + "\" yet");
        }
        return new Need.Nothing(images.find(ImageReference.parse(name))
                .orElseThrow(() -> new EngineException(
                        Kind.NOT_FOUND,
                        "services." + service.name() + ": image \"" + name + "\" is not here; load it with:"
                                + " jcompose load -i image.tar (pulling from registries is not supported yet)")));
    }

    @Override
    public Image provide(Project project, Service service, Need need, ImageOptions options, Events events) {
        throw new IllegalStateException("nothing needs to be provided");
    }
}

package dev.jcompose.engine.core;

import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.event.Events;
import dev.jcompose.images.Image;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.io.IOException;

/**
 * Makes the images of services available, by pulling or building them as {@code image}, {@code build},
 * {@code pull_policy} and the command's options say. {@code up}, {@code create} and {@code run} first ask for the need
 * of each service, which a dry run shows, and then have it met, several services at once.
 */
public interface ImageProvision {

    /** What has to be done for one service. */
    sealed interface Need {

        /**
         * Nothing: the image is there.
         *
         * @param image the one that containers of the service are made from
         */
        record Nothing(Image image) implements Need {}

        /**
         * The image has to be pulled.
         *
         * @param reference as people know it; services with the same reference need one pull
         */
        record Pull(String reference) implements Need {}

        /**
         * The image has to be built.
         *
         * @param reference that it will have
         */
        record Build(String reference) implements Need {}
    }

    /**
     * Decides, without the network, and changes nothing.
     *
     * @throws dev.jcompose.engine.api.EngineException when the service's image is not there and cannot be had
     */
    Need need(Project project, Service service, ImageOptions options) throws IOException;

    /**
     * Decides the same about an image that a service needs besides its own: to mount it, or for a hook.
     *
     * @throws dev.jcompose.engine.api.EngineException when it is not there and cannot be had
     */
    Need need(String image, Service service, ImageOptions options) throws IOException;

    /**
     * Meets a need; blocks until the image is there. Called on a thread of its own.
     *
     * @param events is told of the progress: the display shows the resource {@code IMAGE}
     * @throws dev.jcompose.engine.api.EngineException when it cannot be had
     */
    Image provide(Project project, Service service, Need need, ImageOptions options, Events events) throws IOException;
}

package dev.jcompose.engine.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * What can be done with images. An image of the store is named by a reference, its id, or the beginning of an id that
 * only one has.
 *
 * <p>All throw {@link EngineException}: of kind {@code NOT_FOUND} when there is no such image, here or on the registry.
 * Where an operation talks to registries, {@code environment} holds the caller's variables that say how: where logins
 * are kept ({@code DOCKER_CONFIG}, {@code HOME}), where credential helpers are ({@code PATH}), and proxies.
 */
public interface ImageOperations {
    /** The attribute of an event of an image that is about one of its layers: twelve digits of the layer's digest. */
    String LAYER = "layer";

    /** The attribute with the bytes that have been transferred; 0 where nothing is counted. */
    String CURRENT = "current";

    /** The attribute with the bytes in all; 0 if unknown. */
    String TOTAL = "total";

    /** The images of the store. */
    List<ImageSummary> images();

    /** Loads a docker-archive or OCI-layout tar; gives the names, or ids where there is no name, of what was loaded. */
    List<String> loadImages(InputStream tar);

    /** Writes images into a tar that is a docker-archive and an OCI layout at once. */
    default void saveImages(List<String> images, OutputStream out) {
        throw refused();
    }

    /** The description of an image as JSON, with Docker's names. */
    default String inspectImage(String image) {
        throw refused();
    }

    /** How an image was made, the last step first. */
    default List<ImageHistoryStep> imageHistory(String image) {
        throw refused();
    }

    /** Gives an image one more name; another image that has it loses it. */
    default void tagImage(String image, String name) {
        throw refused();
    }

    /**
     * Takes a name from an image, and removes the image with its last name; an id means all names.
     *
     * @param force takes names also from an image that has several, or that a stopped container uses
     * @throws EngineException of kind CONFLICT if a container uses it, naming the container
     */
    default RemovedImages removeImage(String image, boolean force) {
        throw refused();
    }

    /** Removes images that have no name, or with {@code all} those that no container uses. */
    default RemovedImages pruneImages(PruneImagesRequest request) {
        throw refused();
    }

    /** What takes up how much room. */
    default List<DiskUsage> diskUsage() {
        throw refused();
    }

    /**
     * Pulls images, several at once.
     *
     * @throws EngineException with a line for each image that could not be had
     */
    default void pullImages(PullImagesRequest request, EventListener listener) {
        throw refused();
    }

    /**
     * Pushes images, several at once.
     *
     * @throws EngineException with a line for each image that could not be pushed
     */
    default void pushImages(PushImagesRequest request, EventListener listener) {
        throw refused();
    }

    /** The digest of what the registry has under a reference now, {@code sha256:...}; nothing is downloaded. */
    default String resolveImage(String reference, Map<String, String> environment) {
        throw refused();
    }

    /**
     * Tries a login to a registry, and keeps it.
     *
     * @return where the password can be read by whoever reads the user's files; empty if a credential helper has it
     */
    default String login(LoginRequest request) {
        throw refused();
    }

    /** Forgets a login; says whether there was one. */
    default boolean logout(String registry, Map<String, String> environment) {
        throw refused();
    }

    private static EngineException refused() {
        return new EngineException(EngineException.Kind.INVALID, "this engine does not work on images");
    }
}

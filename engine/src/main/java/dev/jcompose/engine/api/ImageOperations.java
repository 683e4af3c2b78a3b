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
    List<ImageSummary> list();

    /** Loads a docker-archive or OCI-layout tar; gives the names, or ids where there is no name, of what was loaded. */
    List<String> load(InputStream tar);

    /** Writes images into a tar that is a docker-archive and an OCI layout at once. */
    void save(List<String> images, OutputStream out);

    /** The description of an image as JSON, with Docker's names. */
    String inspect(String image);

    /** How an image was made, the last step first. */
    List<ImageHistoryStep> history(String image);

    /** Gives an image one more name; another image that has it loses it. */
    void tag(String image, String name);

    /**
     * Takes a name from an image, and removes the image with its last name; an id means all names.
     *
     * @param force takes names also from an image that has several, or that a stopped container uses
     * @throws EngineException of kind CONFLICT if a container uses it, naming the container
     */
    RemovedImages remove(String image, boolean force);

    /** Removes images that have no name, or with {@code all} those that no container uses. */
    RemovedImages prune(PruneImagesRequest request);

    /** What takes up how much room. */
    List<DiskUsage> diskUsage();

    /**
     * Pulls images, several at once.
     *
     * @throws EngineException with a line for each image that could not be had
     */
    void pull(PullImagesRequest request, EventListener listener);

    /**
     * Pushes images, several at once.
     *
     * @throws EngineException with a line for each image that could not be pushed
     */
    void push(PushImagesRequest request, EventListener listener);

    /** The digest of what the registry has under a reference now, {@code sha256:...}; nothing is downloaded. */
    String resolve(String reference, Map<String, String> environment);

    /**
     * Tries a login to a registry, and keeps it.
     *
     * @return where the password can be read by whoever reads the user's files; empty if a credential helper has it
     */
    String login(LoginRequest request);

    /** Forgets a login; says whether there was one. */
    boolean logout(String registry, Map<String, String> environment);
}

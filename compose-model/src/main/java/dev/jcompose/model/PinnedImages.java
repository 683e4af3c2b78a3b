package dev.jcompose.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Puts the digest of each image in its place, so that a project runs the same images wherever it runs. Stateless. */
public final class PinnedImages {
    private static final String DIGEST = "@sha256:";

    private PinnedImages() {}

    /**
     * The project with digests. An image that has one already stays, as do services without an image.
     *
     * @param digest gives the digest, {@code sha256:...}, of an image such as {@code docker.io/library/nginx:latest}
     */
    public static Project pin(Project project, UnaryOperator<String> digest) {
        Map<String, Service> pinned = new LinkedHashMap<>();
        project.servicesByName().forEach((name, service) -> pinned.put(name, pin(service, digest)));
        return project.withServices(pinned, project.disabledServices());
    }

    private static Service pin(Service service, UnaryOperator<String> digest) {
        String image = service.image();
        if (image == null || image.contains(DIGEST)) {
            return service;
        }
        String full = fullName(image);
        return service.toBuilder().image(full + "@" + digest.apply(full)).build();
    }

    /** {@code nginx} is {@code docker.io/library/nginx:latest}. */
    static String fullName(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
        String path = hasRegistry ? image : "docker.io/" + (slash < 0 ? "library/" : "") + image;
        return path.indexOf(':', path.lastIndexOf('/')) < 0 ? path + ":latest" : path;
    }

    /** Only the images, as an override file for the project: {@code services.NAME.image}. */
    public static Map<String, Object> lock(Project pinned) {
        Map<String, Object> services = new LinkedHashMap<>();
        pinned.services().forEach(service -> {
            if (service.image() != null) {
                services.put(service.name(), Map.of("image", service.image()));
            }
        });
        return Map.of("services", services);
    }
}

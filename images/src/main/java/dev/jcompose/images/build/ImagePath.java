package dev.jcompose.images.build;

import java.util.ArrayList;
import java.util.List;

/** Paths in an image. */
final class ImagePath {
    private ImagePath() {}

    /** A path from a working directory on, absolute and clean; {@code ..} at the top stays there. */
    static String resolve(String directory, String path) {
        String whole = path.startsWith("/") ? path : directory + "/" + path;
        List<String> parts = new ArrayList<>();
        for (String part : whole.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}

package dev.jcompose.images.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The place of a tar entry in its layer.
 *
 * @param parent without slashes at its ends; empty for the layer's top
 * @param name a single part; empty for the layer's top itself
 */
record LayerPath(String parent, String name) {
    private static final int NAME_MAX_BYTES = 255;
    private static final int SHOWN = 200;

    /**
     * Cleans the name in a tar header. A slash at the beginning means the layer's top, as Docker has it.
     *
     * @throws LayerException if it is too long, or has a part {@code ..}
     */
    static LayerPath of(String entry, int maxBytes) throws LayerException {
        if (entry.getBytes(UTF_8).length > maxBytes) {
            throw new LayerException("path is longer than " + maxBytes + " bytes: '" + shown(entry) + "'");
        }
        StringBuilder clean = new StringBuilder(entry.length());
        int nameStart = 0;
        for (String part : entry.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                throw new LayerException("entry '" + shown(entry) + "' has '..' in its path");
            }
            if (part.length() > NAME_MAX_BYTES / 4 && part.getBytes(UTF_8).length > NAME_MAX_BYTES) {
                throw new LayerException(
                        "entry '" + shown(entry) + "' has a part longer than " + NAME_MAX_BYTES + " bytes");
            }
            if (clean.length() > 0) {
                clean.append('/');
            }
            nameStart = clean.length();
            clean.append(part);
        }
        String path = clean.toString();
        return new LayerPath(nameStart == 0 ? "" : path.substring(0, nameStart - 1), path.substring(nameStart));
    }

    /** A path in an error: all of it, or the beginning if it is very long. */
    static String shown(String path) {
        return path.length() <= SHOWN ? path : path.substring(0, SHOWN) + "...";
    }

    boolean isTop() {
        return name.isEmpty();
    }

    @Override
    public String toString() {
        return parent.isEmpty() ? name : parent + "/" + name;
    }
}

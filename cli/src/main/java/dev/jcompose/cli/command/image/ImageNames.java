package dev.jcompose.cli.command.image;

/** Names of images, as the store and Compose files write them. */
public final class ImageNames {
    private ImageNames() {}

    /** With the tag that a name without tag and digest means. */
    public static String withTag(String name) {
        return name.contains("@") || name.lastIndexOf(':') > name.lastIndexOf('/') ? name : name + ":latest";
    }
}

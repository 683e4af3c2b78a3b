package dev.jcompose.cli.command;

/** Names of images, as the store and Compose files write them. */
final class ImageNames {
    private ImageNames() {}

    /** With the tag that a name without tag and digest means. */
    static String withTag(String name) {
        return name.contains("@") || name.lastIndexOf(':') > name.lastIndexOf('/') ? name : name + ":latest";
    }
}

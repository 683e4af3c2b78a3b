package dev.jcompose.runtime.container;

/** Checks of what will be a C string. */
final class Paths {
    private Paths() {}

    /** A path in a container, from its root. */
    static void requireAbsolute(String what, String path) {
        requireNoNul(what, path);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(what + " \"" + path + "\" is not an absolute path");
        }
    }

    static void requireNoNul(String what, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " \"" + value.replace('\0', '?') + "\" has a NUL character");
        }
    }
}

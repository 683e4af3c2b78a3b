package dev.jcompose.model.value;

import java.util.ArrayDeque;
import java.util.Deque;

/** Slash-separated paths as text, for paths in containers, which are not paths of this machine. */
public final class PathText {
    private PathText() {}

    /** The shortest equal path: no doubled or trailing slash, no {@code .}, and {@code ..} only at the start. */
    public static String clean(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(part.equals("..") && absolute)) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}

package dev.jcompose.images.build.context;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerDirectory;
import dev.jcompose.linux.overlay.LayerEntry;
import dev.jcompose.linux.overlay.LayerStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tree that files are copied from. Symbolic links are followed inside it: {@code /} is its top, and {@code ..} at the
 * top stays there. Not thread-safe.
 */
public final class SourceTree implements AutoCloseable {
    private static final int MAX_SYMLINKS = 40;

    private final Linux linux;
    private final LayerStack stack;
    private final PathPatterns leftOut;

    /** Is shown one file after the other. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Sees a file.
         *
         * @param path below where the walk began
         * @param entry open only now
         */
        void visit(String path, LayerEntry entry) throws IOException;
    }

    /**
     * Opens it.
     *
     * @param bottomFirst at least one directory
     * @param leftOut what is not seen
     */
    public SourceTree(Linux linux, List<Path> bottomFirst, PathPatterns leftOut) throws ErrnoException {
        this.linux = linux;
        this.leftOut = leftOut;
        stack = new LayerStack(linux, bottomFirst);
    }

    /** Whether something may be there that is not seen. */
    public boolean isFiltered() {
        return !leftOut.isEmpty();
    }

    /** What is at a path, symbolic links followed, one at its end as well; empty if nothing is. */
    public Optional<SourceFile> find(String path) throws IOException {
        Deque<String> todo = new ArrayDeque<>(parts(path));
        List<String> done = new ArrayList<>();
        int links = 0;
        while (!todo.isEmpty()) {
            String part = todo.pop();
            if (part.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
                continue;
            }
            Optional<String> link;
            try (LayerDirectory directory = open(String.join("/", done))) {
                Optional<LayerEntry> entry = directory == null ? Optional.empty() : directory.find(part);
                if (entry.isEmpty()) {
                    return Optional.empty();
                }
                link = entry.get().stat().isType(Fcntl.S_IFLNK)
                        ? Optional.of(linux.files().readlinkat(entry.get().layer(), part))
                        : Optional.empty();
            }
            if (link.isEmpty()) {
                done.add(part);
                continue;
            }
            if (++links > MAX_SYMLINKS) {
                throw new ErrnoException("resolve(" + path + ")", Errno.ELOOP.number());
            }
            if (link.get().startsWith("/")) {
                done.clear();
            }
            List<String> target = parts(link.get());
            Collections.reverse(target);
            target.forEach(todo::push);
        }
        return at(PathPatterns.clean(path), String.join("/", done));
    }

    private @Nullable LayerDirectory open(String path) throws ErrnoException {
        return stack.directory(path).orElse(null);
    }

    private Optional<SourceFile> at(String given, String path) throws IOException {
        if (path.isEmpty()) {
            return Optional.of(
                    new SourceFile(given, "", linux.files().statx(stack.root().top(), "", Fcntl.AT_EMPTY_PATH)));
        }
        int slash = path.lastIndexOf('/');
        try (LayerDirectory directory = open(slash < 0 ? "" : path.substring(0, slash))) {
            Optional<LayerEntry> entry =
                    directory == null ? Optional.empty() : directory.find(path.substring(slash + 1));
            return entry.filter(found -> isSeen(path, found.stat().isType(Fcntl.S_IFDIR)))
                    .map(found -> new SourceFile(given, path, found.stat()));
        }
    }

    /** A directory that is left out is seen if something in it may be. */
    private boolean isSeen(String path, boolean directory) {
        return !leftOut.matches(path) || (directory && leftOut.mayTakeBack());
    }

    /**
     * What a pattern means, sorted: {@code *}, {@code ?} and {@code [...]} within names. A pattern without them is a
     * path.
     */
    public List<SourceFile> glob(String pattern) throws IOException {
        String clean = PathPatterns.clean(pattern);
        if (!hasWildcard(clean)) {
            return find(clean.replaceAll("\\\\(.)", "$1")).map(List::of).orElseGet(List::of);
        }
        List<String> parts = new ArrayList<>(List.of(clean.split("/")));
        StringBuilder fixed = new StringBuilder();
        while (!hasWildcard(parts.get(0))) {
            fixed.append(parts.remove(0)).append('/');
        }
        List<SourceFile> found = new ArrayList<>();
        Optional<SourceFile> start = find(fixed.toString());
        if (start.isPresent()) {
            expand(start.get().given(), parts, found);
        }
        return found;
    }

    private void expand(String base, List<String> parts, List<SourceFile> found) throws IOException {
        if (parts.isEmpty()) {
            find(base).ifPresent(found::add);
            return;
        }
        List<String> names = new ArrayList<>();
        try (LayerDirectory directory = open(base)) {
            if (directory == null) {
                return;
            }
            Pattern pattern = Pattern.compile(PathPatterns.regex(parts.get(0)), Pattern.DOTALL);
            for (LayerEntry entry : directory.list()) {
                if (pattern.matcher(entry.name()).matches()) {
                    names.add(entry.name());
                }
            }
        }
        Collections.sort(names);
        for (String name : names) {
            expand(base.isEmpty() ? name : base + "/" + name, parts.subList(1, parts.size()), found);
        }
    }

    /** Whether a path has a character that means more than itself. */
    public static boolean hasWildcard(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '*' || c == '?' || c == '[') {
                return true;
            }
        }
        return false;
    }

    /** Shows all that is below a directory, in the order of the names, a directory before what is in it. */
    public void walk(String directory, Visitor visitor) throws IOException {
        walk(directory, "", visitor);
    }

    private void walk(String base, String below, Visitor visitor) throws IOException {
        String here = below.isEmpty() ? base : base.isEmpty() ? below : base + "/" + below;
        try (LayerDirectory opened = open(here)) {
            if (opened == null) {
                return;
            }
            List<LayerEntry> entries = new ArrayList<>(opened.list());
            entries.sort(Comparator.comparing(LayerEntry::name));
            for (LayerEntry entry : entries) {
                String path = here.isEmpty() ? entry.name() : here + "/" + entry.name();
                boolean directory = entry.stat().isType(Fcntl.S_IFDIR);
                if (!isSeen(path, directory)) {
                    continue;
                }
                String shown = below.isEmpty() ? entry.name() : below + "/" + entry.name();
                if (!directory || !leftOut.matches(path)) {
                    visitor.visit(shown, entry);
                }
                if (directory) {
                    walk(base, shown, visitor);
                }
            }
        }
    }

    /** Opens what is at a path for a moment; nothing happens if nothing is there. */
    public void visit(SourceFile file, Visitor visitor) throws IOException {
        int slash = file.path().lastIndexOf('/');
        try (LayerDirectory directory = open(slash < 0 ? "" : file.path().substring(0, slash))) {
            if (directory != null) {
                Optional<LayerEntry> entry = directory.find(file.path().substring(slash + 1));
                if (entry.isPresent()) {
                    visitor.visit(file.name(), entry.get());
                }
            }
        }
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>(Arrays.asList(path.split("/")));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        return parts;
    }

    @Override
    public void close() {
        stack.close();
    }
}

package dev.jcompose.engine.watch;

import dev.jcompose.images.build.context.PathPatterns;
import dev.jcompose.model.Build;
import dev.jcompose.model.WatchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files a rule of {@code develop.watch} is about: those below its path that it includes, and that neither it nor
 * the {@code .dockerignore} of the service's build ignores, nor are what version control and editors keep for
 * themselves.
 */
public final class RuleFilter {
    private static final PathPatterns OTHER_PROGRAMS = PathPatterns.of(List.of(
            "**/.git",
            // JetBrains
            "**/.idea",
            "**/*___jb_tmp___",
            "**/*___jb_old___",
            // Emacs
            "**/.#*",
            "**/#*#",
            // Vim, Kate
            "**/4913",
            "**/*~",
            "**/.*.sw[nopx]",
            "**/.*.kate-swp"));

    private final Path path;
    private final PathPatterns include;
    private final List<Ignored> ignored;

    private RuleFilter(Path path, PathPatterns include, List<Ignored> ignored) {
        this.path = path;
        this.include = include;
        this.ignored = ignored;
    }

    /** Patterns, and the folder that they are about. */
    private record Ignored(Path base, PathPatterns patterns) {
        boolean matches(Path file) {
            return file.startsWith(base)
                    && !file.equals(base)
                    && patterns.matches(base.relativize(file).toString());
        }
    }

    /**
     * The filter of one rule.
     *
     * @param build of the rule's service, null if its image is not built
     * @throws IOException when a {@code .dockerignore} cannot be read
     * @throws IllegalArgumentException naming the pattern that is none
     */
    public static RuleFilter of(WatchRule rule, @Nullable Build build) throws IOException {
        Path path = Path.of(rule.path());
        List<Ignored> ignored = new ArrayList<>();
        ignored.add(new Ignored(Path.of("/"), OTHER_PROGRAMS));
        ignored.add(new Ignored(path, PathPatterns.of(rule.ignore())));
        if (build != null && build.context() != null && build.context().startsWith("/")) {
            Path context = real(Path.of(build.context()));
            ignored.add(new Ignored(context, dockerIgnore(context, build)));
        }
        ignored.removeIf(one -> one.patterns().isEmpty());
        return new RuleFilter(path, PathPatterns.of(rule.include()), List.copyOf(ignored));
    }

    private static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /** The Dockerfile's own one goes before the one of the context. */
    private static PathPatterns dockerIgnore(Path context, Build build) throws IOException {
        String dockerfile = build.dockerfile() == null ? "Dockerfile" : build.dockerfile();
        for (Path file : List.of(context.resolve(dockerfile + ".dockerignore"), context.resolve(".dockerignore"))) {
            if (Files.isRegularFile(file)) {
                return PathPatterns.parse(Files.readAllLines(file));
            }
        }
        return PathPatterns.NONE;
    }

    /** Whether the rule is about a file or folder; it need not exist. */
    public boolean matches(Path file) {
        if (!file.startsWith(path) || isIgnored(file)) {
            return false;
        }
        return include.isEmpty()
                || file.equals(path)
                || include.matches(path.relativize(file).toString());
    }

    private boolean isIgnored(Path file) {
        return ignored.stream().anyMatch(one -> one.matches(file));
    }

    /** Whether the rule is about nothing in a folder. */
    public boolean leavesOut(Path folder) {
        return !folder.startsWith(path)
                || ignored.stream().anyMatch(one -> !one.patterns().mayTakeBack() && one.matches(folder));
    }
}

package dev.jcompose.images.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.Layer;
import dev.jcompose.images.build.CommandRunner.Owner;
import dev.jcompose.images.build.StageBuilder.LayerStep;
import dev.jcompose.images.build.StageBuilder.Made;
import dev.jcompose.images.build.cache.CacheKey;
import dev.jcompose.images.build.cache.CachedLayer;
import dev.jcompose.images.build.context.PathPatterns;
import dev.jcompose.images.build.context.SourceFile;
import dev.jcompose.images.build.context.SourceTree;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.build.dockerfile.CopyOptions;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.build.dockerfile.Expansion;
import dev.jcompose.images.build.dockerfile.Heredoc;
import dev.jcompose.images.build.dockerfile.Position;
import dev.jcompose.images.build.dockerfile.Word;
import dev.jcompose.images.layer.LayerDiff;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code COPY} and {@code ADD}: finds the sources, then takes the layer from the cache or copies. */
final class CopyStep implements LayerStep, AutoCloseable {
    private final Build build;
    private final StageBuilder stage;
    private final Command.Copy copy;
    private @Nullable SourceTree tree;

    CopyStep(Build build, StageBuilder stage, Command.Copy copy) {
        this.build = build;
        this.stage = stage;
        this.copy = copy;
    }

    @Override
    public Made make(ProgressLog.Step progress) throws IOException {
        CopyOptions options = copy.options();
        Word from = options.from();
        Build.Origin origin =
                build.origin(from == null ? null : from.text(), stage.index(), from == null ? at() : from.at());
        SourceTree opened = origin.open(build.linux());
        tree = opened;
        String destination = copy.at().expand(copy.destination(), stage);
        List<CopySource> sources = sources(opened, origin, destination, progress);
        Stage before = stage.stage();
        CopyPlan plan = new CopyPlan(
                sources,
                ImagePath.resolve(stage.config().workingDir, destination),
                destination.endsWith("/") || destination.endsWith("/.") || destination.equals("."),
                owner(origin, before),
                mode(),
                options.parents(),
                exclude(),
                copy.add() && !Boolean.FALSE.equals(options.unpack()),
                Boolean.TRUE.equals(options.unpack()));
        List<Path> below = options.link() ? List.of() : before.directories();
        CacheKey key = new CacheKey("copy 1")
                .add(options.link() ? "link" : before.tree())
                .add(String.valueOf(build.spec().sourceDate()));
        plan.addTo(key, build.linux(), opened);
        boolean[] fresh = {false};
        CachedLayer layer = build.cache().get(key.digest(), before.layers(), stage.usesCache(), () -> {
            fresh[0] = true;
            return make(plan, opened, below, before.layers());
        });
        if (fresh[0]) {
            progress.done();
        } else {
            progress.cached();
        }
        return new Made(copy.at().text().lines().findFirst().orElse(""), layer);
    }

    private CachedLayer make(CopyPlan plan, SourceTree opened, List<Path> below, List<Layer> layers)
            throws IOException {
        return build.layers().make(below, layers, (upper, scratch) -> {
            long now = build.layers().now().getEpochSecond();
            try (TreeCopier copier = new TreeCopier(build.linux(), plan, opened, upper, below, now)) {
                copier.run();
            }
        });
    }

    private Position at() {
        return copy.at().at();
    }

    private @Nullable Owner owner(Build.Origin origin, Stage before) throws IOException {
        Word chown = copy.options().chown();
        String written = chown == null ? "" : copy.at().expand(chown, stage);
        if (chown == null || written.isEmpty()) {
            return origin.keepsOwners() ? null : Owner.ROOT;
        }
        try {
            return build.environment().runner().owner(before.directories(), written);
        } catch (IllegalArgumentException e) {
            throw copy.at().source().mistake(chown.at(), "--chown=%s: %s".formatted(written, e.getMessage()));
        }
    }

    private @Nullable ModeChange mode() throws DockerfileException {
        Word chmod = copy.options().chmod();
        if (chmod == null) {
            return null;
        }
        try {
            return ModeChange.parse(copy.at().expand(chmod, stage));
        } catch (IllegalArgumentException e) {
            throw copy.at().source().mistake(chmod.at(), "--chmod: " + e.getMessage());
        }
    }

    private PathPatterns exclude() throws DockerfileException {
        List<String> patterns = new ArrayList<>();
        for (Word pattern : copy.options().exclude()) {
            patterns.add(copy.at().expand(pattern, stage));
        }
        return PathPatterns.of(patterns);
    }

    private List<CopySource> sources(
            SourceTree opened, Build.Origin origin, String destination, ProgressLog.Step progress) throws IOException {
        List<CopySource> sources = new ArrayList<>();
        for (Word word : copy.sources()) {
            Heredoc heredoc = heredoc(word);
            if (heredoc != null) {
                sources.add(new CopySource.Inline(heredoc.name(), content(heredoc)));
                continue;
            }
            String written = copy.at().expand(word, stage);
            if (copy.add() && RemoteFile.isRemote(written)) {
                sources.add(remote(word, written, destination, progress));
            } else {
                sources.addAll(files(opened, origin, word, written));
            }
        }
        boolean toDirectory = destination.endsWith("/") || destination.equals(".") || destination.endsWith("/.");
        if (!toDirectory && !copy.options().parents() && (copy.sources().size() > 1 || sources.size() > 1)) {
            throw copy.at()
                    .source()
                    .mistake(
                            copy.destination().at(),
                            "with more than one source file, the destination must be a directory and end with a /");
        }
        return sources;
    }

    private @Nullable Heredoc heredoc(Word word) {
        if (!word.text().startsWith("<<")) {
            return null;
        }
        String name = word.text().replaceFirst("^<<-?", "").replaceAll("[\"'\\\\]", "");
        return copy.files().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private String content(Heredoc heredoc) throws DockerfileException {
        try {
            return heredoc.expand()
                    ? new Expansion(copy.at().escape(), stage).document(heredoc.content())
                    : heredoc.content();
        } catch (IllegalArgumentException e) {
            throw copy.at().mistake("here-document %s: %s".formatted(heredoc.name(), e.getMessage()));
        }
    }

    private CopySource remote(Word word, String url, String destination, ProgressLog.Step progress) throws IOException {
        Word checksum = copy.options().checksum();
        String digest = checksum == null ? "" : copy.at().expand(checksum, stage);
        try {
            if (GitSource.isOne(url)) {
                return repository(GitSource.parse(url), digest, progress);
            }
            return RemoteFile.of(build.spec())
                    .fetch(url, digest, destination, build.workspace().path(), progress::output);
        } catch (IllegalArgumentException e) {
            throw copy.at().source().mistake(word.at(), String.valueOf(e.getMessage()));
        }
    }

    private CopySource repository(GitSource source, String checksum, ProgressLog.Step progress) throws IOException {
        Path target = build.workspace().directory();
        GitSource.Checkout checkout = source.fetch(
                build.linux(),
                target,
                build.spec().environment(),
                copy.options().keepGitDir(),
                progress::output);
        if (!checksum.isEmpty() && !checkout.commit().startsWith(checksum)) {
            throw new IOException("digest mismatch of \"%s\": it is at commit %s, not at %s"
                    .formatted(source.url(), checkout.commit(), checksum));
        }
        Path tar = build.workspace().path();
        try (OutputStream out = Files.newOutputStream(tar)) {
            new LayerDiff(build.linux(), checkout.committed()).write(checkout.directory(), List.of(), out);
        }
        return new CopySource.Repository(tar);
    }

    private List<CopySource> files(SourceTree opened, Build.Origin origin, Word word, String written)
            throws IOException {
        List<SourceFile> found;
        try {
            found = opened.glob(written);
        } catch (IllegalArgumentException e) {
            throw copy.at().source().mistake(word.at(), String.valueOf(e.getMessage()));
        }
        if (found.isEmpty()) {
            throw copy.at()
                    .source()
                    .mistake(
                            word.at(),
                            "\"%s\": not found in %s%s".formatted(written, origin.name(), hint(opened, written)));
        }
        int pivot = written.indexOf("/./");
        int strip = pivot < 0
                ? 0
                : (int) written.substring(0, pivot)
                                .chars()
                                .filter(c -> c == '/')
                                .count()
                        + 1;
        List<CopySource> sources = new ArrayList<>();
        found.forEach(file -> sources.add(new CopySource.Tree(file, strip)));
        return sources;
    }

    private static String hint(SourceTree opened, String written) {
        if (written.equals("..") || written.startsWith("../") || written.contains("/../")) {
            return ": a path cannot leave it";
        }
        return opened.isFiltered() ? " (.dockerignore may leave it out)" : "";
    }

    /** The bytes of a here-document, as its file has them. */
    static byte[] bytes(CopySource.Inline inline) {
        return inline.content().getBytes(UTF_8);
    }

    @Override
    public void close() {
        if (tree != null) {
            tree.close();
        }
    }
}

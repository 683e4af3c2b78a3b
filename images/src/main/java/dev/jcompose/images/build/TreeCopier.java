package dev.jcompose.images.build;

import dev.jcompose.images.build.CommandRunner.Owner;
import dev.jcompose.images.build.context.SourceFile;
import dev.jcompose.images.build.context.SourceTree;
import dev.jcompose.images.layer.Attributes;
import dev.jcompose.images.layer.LayerEdit;
import dev.jcompose.images.layer.LayerException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out a {@link CopyPlan} in the directory of a layer. */
final class TreeCopier implements AutoCloseable {
    private static final int DIRECTORY_MODE = 0755;
    private static final int INLINE_MODE = 0644;
    private static final int REMOTE_MODE = 0600;

    private final Linux linux;
    private final CopyPlan plan;
    private final SourceTree tree;
    private final LayerEdit edit;
    private final long now;
    private final Map<List<Long>, String> links = new HashMap<>();

    TreeCopier(Linux linux, CopyPlan plan, SourceTree tree, Path upper, List<Path> below, long now) throws IOException {
        this.linux = linux;
        this.plan = plan;
        this.tree = tree;
        this.now = now;
        edit = new LayerEdit(linux, upper, below);
    }

    void run() throws IOException {
        for (CopySource source : plan.sources()) {
            if (source instanceof CopySource.Inline inline) {
                byte[] content = CopyStep.bytes(inline);
                edit.file(target(inline.name()), fresh(INLINE_MODE, now, false), content);
            } else if (source instanceof CopySource.Remote remote) {
                remote(remote);
            } else if (source instanceof CopySource.Repository repository) {
                repository(repository);
            } else if (source instanceof CopySource.Tree file) {
                tree(file);
            }
        }
        edit.finish();
    }

    /** What is made by the instruction, and not copied. */
    private Attributes fresh(int mode, long mtime, boolean directory) {
        Owner owner = plan.owner() == null ? Owner.ROOT : plan.owner();
        int wanted = plan.mode() == null || directory ? mode : plan.mode().apply(mode, false);
        return new Attributes(owner.uid(), owner.gid(), wanted, mtime, 0, Map.of());
    }

    /** Where a file of this name goes; its directory is there afterwards. */
    private String target(String name) throws IOException {
        String destination = plan.destination().substring(1);
        boolean into = plan.intoDirectory() || edit.isDirectory(destination);
        String target = !into ? destination : destination.isEmpty() ? name : destination + "/" + name;
        int slash = target.lastIndexOf('/');
        String directory = slash < 0 ? "" : target.substring(0, slash);
        makeDirectories(directory);
        Optional<Stat> there = edit.stat(target);
        if (there.isPresent() && there.get().isType(Fcntl.S_IFDIR)) {
            throw new LayerException(
                    "cannot copy to \"/%s\": it is a directory, and \"%s\" is not".formatted(target, name));
        }
        return target;
    }

    private void makeDirectories(String directory) throws IOException {
        String path = "";
        for (String part : directory.split("/")) {
            path = path.isEmpty() ? part : path + "/" + part;
            if (!path.isEmpty() && !edit.isDirectory(path)) {
                Optional<Stat> there = edit.stat(path);
                if (there.isPresent() && !edit.dangles(path)) {
                    throw new LayerException(
                            "cannot copy to \"%s\": \"/%s\" is not a directory".formatted(plan.destination(), path));
                }
                if (there.isEmpty()) {
                    edit.directory(path, fresh(DIRECTORY_MODE, now, true));
                }
            }
        }
    }

    private void remote(CopySource.Remote remote) throws IOException {
        if (plan.unpackRemote() && ArchiveFormat.isArchive(remote.file())) {
            try (InputStream content = Files.newInputStream(remote.file())) {
                unpack(content);
            }
            return;
        }
        long mtime = remote.mtimeSeconds() == 0 ? now : remote.mtimeSeconds();
        try (InputStream content = Files.newInputStream(remote.file())) {
            edit.file(target(remote.name()), fresh(REMOTE_MODE, mtime, false), content);
        }
    }

    private void repository(CopySource.Repository repository) throws IOException {
        String directory = plan.destination().substring(1);
        makeDirectories(directory);
        Owner owner = plan.owner() == null ? Owner.ROOT : plan.owner();
        try (InputStream tar = Files.newInputStream(repository.tar())) {
            edit.unpack(
                    tar,
                    directory,
                    of -> new Attributes(
                            owner.uid(),
                            owner.gid(),
                            plan.mode() == null ? of.mode() : plan.mode().apply(of.mode(), false),
                            of.mtimeSeconds(),
                            of.mtimeNanos(),
                            Map.of()));
        }
    }

    private void unpack(InputStream archive) throws IOException {
        String directory = plan.destination().substring(1);
        makeDirectories(directory);
        try (InputStream tar = ArchiveFormat.open(archive)) {
            edit.unpack(tar, directory, attributes -> attributes);
        }
    }

    private void tree(CopySource.Tree source) throws IOException {
        SourceFile file = source.file();
        if (file.stat().isType(Fcntl.S_IFDIR)) {
            directory(source);
        } else if (!isExcluded(file.name()) && !isExcluded(file.given())) {
            boolean[] unpacked = {false};
            if (plan.unpack() && file.stat().isType(Fcntl.S_IFREG)) {
                tree.visit(file, (name, entry) -> unpacked[0] = unpackEntry(entry));
            }
            if (!unpacked[0]) {
                String target = plan.parents() ? parentsTarget(source) : target(file.name());
                tree.visit(file, (name, entry) -> leaf(target, entry));
            }
        }
    }

    private boolean unpackEntry(LayerEntry entry) throws IOException {
        if (!ArchiveFormat.isArchive(linux, entry)) {
            return false;
        }
        try (InputStream content = ArchiveFormat.content(linux, entry)) {
            unpack(content);
        }
        return true;
    }

    /** The destination, and the source's own path in it; its directories look as they do in the source. */
    private String parentsTarget(CopySource.Tree source) throws IOException {
        String[] parts = source.file().given().split("/");
        String base = plan.destination().substring(1);
        makeDirectories(base);
        String from = String.join("/", Arrays.asList(parts).subList(0, Math.min(source.strip(), parts.length)));
        String target = base;
        for (int i = source.strip(); i < parts.length - 1; i++) {
            from = from.isEmpty() ? parts[i] : from + "/" + parts[i];
            target = target.isEmpty() ? parts[i] : target + "/" + parts[i];
            if (!edit.isDirectory(target)) {
                Optional<SourceFile> like = tree.find(from);
                edit.directory(target, like.isPresent() ? of(like.get().stat()) : fresh(DIRECTORY_MODE, now, true));
            }
        }
        String name = parts[parts.length - 1];
        return target.isEmpty() ? name : target + "/" + name;
    }

    private void directory(CopySource.Tree source) throws IOException {
        SourceFile file = source.file();
        boolean keepPath = plan.parents() && !file.given().isEmpty();
        String base = keepPath ? parentsTarget(source) : plan.destination().substring(1);
        boolean there = edit.isDirectory(base);
        if (!there) {
            int slash = base.lastIndexOf('/');
            makeDirectories(slash < 0 ? "" : base.substring(0, slash));
            Optional<Stat> other = edit.stat(base);
            if (other.isPresent() && !other.get().isType(Fcntl.S_IFLNK)) {
                throw new LayerException("cannot copy a directory to \"/%s\": it is not a directory".formatted(base));
            }
            // As docker build does it: what holds the content is made, and not copied.
            edit.directory(base, keepPath ? of(file.stat()) : fresh(DIRECTORY_MODE, now, true));
        }
        tree.walk(file.path(), (path, entry) -> {
            if (isExcluded(path)) {
                return;
            }
            String target = base.isEmpty() ? path : base + "/" + path;
            if (!entry.stat().isType(Fcntl.S_IFDIR)) {
                refuseDirectory(target, path);
                leaf(target, entry);
            } else if (edit.isDirectory(target)) {
                Optional<Stat> own = edit.stat(target);
                if (own.isPresent() && own.get().isType(Fcntl.S_IFDIR)) {
                    edit.directory(target, of(entry.stat()));
                }
            } else {
                edit.directory(target, of(entry.stat()));
            }
        });
    }

    private void refuseDirectory(String target, String path) throws IOException {
        Optional<Stat> there = edit.stat(target);
        if (there.isPresent() && there.get().isType(Fcntl.S_IFDIR)) {
            throw new LayerException("cannot copy \"%s\" to \"/%s\": it is a directory".formatted(path, target));
        }
    }

    private boolean isExcluded(String path) {
        return plan.exclude().matches(path);
    }

    private void leaf(String target, LayerEntry entry) throws IOException {
        Stat stat = entry.stat();
        if (stat.linkCount() > 1) {
            List<Long> inode = List.of((long) stat.devMajor(), (long) stat.devMinor(), stat.inode());
            String first = links.putIfAbsent(inode, target);
            if (first != null && !first.equals(target)) {
                edit.link(target, first);
                return;
            }
        }
        edit.copy(target, entry, of(stat).withXattrsOf(linux, entry));
    }

    private Attributes of(Stat stat) {
        Owner owner = plan.owner() == null ? new Owner(stat.uid(), stat.gid()) : plan.owner();
        int mode = stat.permissions();
        if (plan.mode() != null && !stat.isType(Fcntl.S_IFLNK)) {
            mode = plan.mode().apply(mode, stat.isType(Fcntl.S_IFDIR));
        }
        return new Attributes(owner.uid(), owner.gid(), mode, stat.mtimeSeconds(), stat.mtimeNanos(), Map.of());
    }

    @Override
    public void close() {
        edit.close();
    }
}

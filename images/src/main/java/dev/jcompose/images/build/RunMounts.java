package dev.jcompose.images.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.build.CommandRunner.Owner;
import dev.jcompose.images.build.cache.CacheKey;
import dev.jcompose.images.build.context.FileHash;
import dev.jcompose.images.build.context.PathPatterns;
import dev.jcompose.images.build.context.SourceFile;
import dev.jcompose.images.build.context.SourceTree;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.build.dockerfile.MountOption;
import dev.jcompose.images.build.dockerfile.Word;
import dev.jcompose.linux.Fcntl;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code --mount} options of one {@code RUN}. */
final class RunMounts implements AutoCloseable {
    private static final Map<Character, Long> UNITS = Map.of('b', 1L, 'k', 1L << 10, 'm', 1L << 20, 'g', 1L << 30);

    private final Build build;
    private final StageBuilder stage;
    private final Command.Run run;
    private final List<CacheMounts.Use> uses = new ArrayList<>();
    private final List<String> environment = new ArrayList<>();

    RunMounts(Build build, StageBuilder stage, Command.Run run) {
        this.build = build;
        this.stage = stage;
        this.run = run;
    }

    /** Adds what decides about the layer: the content of bind mounts, and of the others only that they are there. */
    void addTo(CacheKey key) throws IOException {
        key.add(Integer.toString(run.mounts().size()));
        for (MountOption mount : run.mounts()) {
            key.add(mount.type())
                    .add(target(mount))
                    .add(setting(mount, "env", ""))
                    .add(setting(mount, "id", ""));
            if (mount.type().equals("bind")) {
                Build.Origin origin = origin(mount);
                try (SourceTree tree = origin.open(build.linux())) {
                    new FileHash(build.linux(), origin.keepsOwners()).add(key, tree, source(mount, origin, tree));
                }
            }
        }
    }

    /** Variables for the command that come from mounts; known when they are prepared. */
    List<String> environment() {
        return environment;
    }

    /** Gets everything ready to be mounted. */
    List<RunMount> prepare() throws IOException {
        List<RunMount> mounts = new ArrayList<>();
        for (MountOption mount : run.mounts()) {
            switch (mount.type()) {
                case "bind" -> mounts.add(bind(mount));
                case "cache" -> mounts.add(cache(mount));
                case "tmpfs" -> mounts.add(new RunMount.Tmpfs(target(mount), size(mount)));
                case "secret" -> secret(mount, mounts);
                default -> ssh(mount, mounts);
            }
        }
        return mounts;
    }

    private String setting(MountOption mount, String key, String missing) throws DockerfileException {
        @Nullable String value = mount.get(key);
        return value == null ? missing : run.at().expand(new Word(value, mount.at()), stage);
    }

    private String target(MountOption mount) throws DockerfileException {
        String target = setting(mount, "target", "");
        if (target.isEmpty()) {
            return mount.type().equals("secret")
                    ? "/run/secrets/" + id(mount)
                    : "/run/buildkit/ssh_agent." + run.mounts().indexOf(mount);
        }
        return ImagePath.resolve(stage.config().workingDir, target);
    }

    private String id(MountOption mount) throws DockerfileException {
        String target = setting(mount, "target", "");
        String missing = mount.type().equals("ssh")
                ? "default"
                : mount.type().equals("secret") ? target.substring(target.lastIndexOf('/') + 1) : target(mount);
        return setting(
                mount,
                "id",
                setting(mount, "source", "").isEmpty() || !mount.type().equals("secret")
                        ? missing
                        : setting(mount, "source", missing));
    }

    private Build.Origin origin(MountOption mount) throws IOException {
        return build.origin(mount.get("from"), stage.index(), mount.at());
    }

    private SourceFile source(MountOption mount, Build.Origin origin, SourceTree tree) throws IOException {
        String path = setting(mount, "source", "");
        return tree.find(path)
                .orElseThrow(() -> run.at()
                        .source()
                        .mistake(mount.at(), "\"%s\": not found in %s".formatted(path, origin.name())));
    }

    private RunMount bind(MountOption mount) throws IOException {
        Build.Origin origin = origin(mount);
        boolean writable = mount.flag("readwrite");
        try (SourceTree tree = origin.open(build.linux())) {
            SourceFile source = source(mount, origin, tree);
            boolean asItIs =
                    !writable && !tree.isFiltered() && origin.directories().size() == 1;
            Path path = asItIs
                    ? origin.directories().get(0).resolve(source.path())
                    : copy(tree, source, build.workspace().directory(), origin.keepsOwners());
            return new RunMount.Bind(path, target(mount), !writable);
        }
    }

    /** A copy of a part of a tree; gives where the file or directory itself is. */
    private Path copy(SourceTree tree, SourceFile source, Path directory, boolean keepOwners) throws IOException {
        CopyPlan plan = new CopyPlan(
                List.of(new CopySource.Tree(source, 0)),
                "/",
                true,
                keepOwners ? null : Owner.ROOT,
                null,
                false,
                PathPatterns.NONE,
                false,
                false);
        try (TreeCopier copier = new TreeCopier(build.linux(), plan, tree, directory, List.of(), 0)) {
            copier.run();
        }
        return source.stat().isType(Fcntl.S_IFDIR) ? directory : directory.resolve(source.name());
    }

    private RunMount cache(MountOption mount) throws IOException {
        String sharing = setting(mount, "sharing", "shared");
        if (!Set.of("shared", "private", "locked").contains(sharing)) {
            throw run.at()
                    .source()
                    .mistake(mount.at(), "sharing=%s: known are shared, private, locked".formatted(sharing));
        }
        CacheMounts.Use use;
        try {
            use = build.environment().cacheMounts().use(id(mount), sharing);
        } catch (InterruptedException e) {
            throw Build.interrupted(e);
        }
        uses.add(use);
        if (use.isNew()) {
            fill(mount, use.directory());
        }
        return new RunMount.Bind(use.directory(), target(mount), mount.flag("readonly"));
    }

    private void fill(MountOption mount, Path directory) throws IOException {
        String path = directory.toString();
        build.linux().files().fchownat(null, path, number(mount, "uid", 0, 10), number(mount, "gid", 0, 10), 0);
        build.linux().files().fchmodat(null, path, number(mount, "mode", 0755, 8));
        if (mount.get("from") != null) {
            Build.Origin origin = origin(mount);
            try (SourceTree tree = origin.open(build.linux())) {
                copy(tree, source(mount, origin, tree), directory, true);
            }
        }
    }

    private int number(MountOption mount, String key, int missing, int radix) throws DockerfileException {
        String text = setting(mount, key, "");
        try {
            return text.isEmpty() ? missing : Integer.parseInt(text, radix);
        } catch (NumberFormatException e) {
            throw run.at().source().mistake(mount.at(), "%s=%s is not a number".formatted(key, text));
        }
    }

    private long size(MountOption mount) throws DockerfileException {
        String text = setting(mount, "size", "0").toLowerCase(Locale.ROOT);
        if (!text.matches("\\d{1,12}([kmg]b?|b)?")) {
            throw run.at().source().mistake(mount.at(), "size=%s is not a size such as 64m".formatted(text));
        }
        String digits = text.replaceAll("\\D", "");
        long unit = digits.length() == text.length() ? 1 : UNITS.getOrDefault(text.charAt(digits.length()), 1L);
        return Long.parseLong(digits) * unit;
    }

    private void secret(MountOption mount, List<RunMount> mounts) throws DockerfileException {
        String id = id(mount);
        byte[] content = build.spec().secrets().get(id);
        if (content == null) {
            if (mount.flag("required")) {
                throw run.at().source().mistake(mount.at(), "secret \"%s\" is required, but not given".formatted(id));
            }
            return;
        }
        String variable = setting(mount, "env", "");
        if (!variable.isEmpty()) {
            environment.add(variable + "=" + new String(content, UTF_8));
        }
        if (variable.isEmpty() || mount.get("target") != null) {
            mounts.add(new RunMount.Secret(
                    ByteBuffer.wrap(content),
                    target(mount),
                    number(mount, "mode", 0400, 8),
                    number(mount, "uid", 0, 10),
                    number(mount, "gid", 0, 10)));
        }
    }

    private void ssh(MountOption mount, List<RunMount> mounts) throws DockerfileException {
        String id = id(mount);
        Path agent = build.spec().sshAgents().get(id);
        if (agent == null || !Files.exists(agent)) {
            if (mount.flag("required")) {
                throw run.at()
                        .source()
                        .mistake(mount.at(), "ssh \"%s\" is required, but no agent of that id is given".formatted(id));
            }
            return;
        }
        mounts.add(new RunMount.Bind(agent, target(mount), false));
        if (environment.stream().noneMatch(variable -> variable.startsWith("SSH_AUTH_SOCK="))) {
            environment.add("SSH_AUTH_SOCK=" + target(mount));
        }
    }

    @Override
    public void close() {
        uses.forEach(CacheMounts.Use::close);
    }
}

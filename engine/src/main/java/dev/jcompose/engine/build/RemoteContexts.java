package dev.jcompose.engine.build;

import dev.jcompose.engine.build.ssh.KeyAgent;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.Workspace;
import dev.jcompose.images.archive.LayoutDirectory;
import dev.jcompose.images.build.GitSource;
import dev.jcompose.images.build.ImageBuilder;
import dev.jcompose.images.build.UrlContext;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What builds get from elsewhere than directories of this machine: repositories, URLs, layouts, and agents for keys.
 * Each is fetched once, whoever builds from it, and gone when this is closed. Used by one thread.
 */
public final class RemoteContexts implements AutoCloseable {
    private static final String KEEP_GIT = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";

    private final Linux linux;
    private final ImageBuilder builder;
    private final Workspace workspace;
    private final Consumer<String> output;
    private final Map<String, Path> fetched = new HashMap<>();
    private final Map<String, ImageReference> loaded = new HashMap<>();
    private final List<KeyAgent> agents = new ArrayList<>();

    /** @param output is given lines about what is fetched */
    public RemoteContexts(Linux linux, ImageBuilder builder, Consumer<String> output) throws IOException {
        this.linux = linux;
        this.builder = builder;
        this.output = output;
        workspace = builder.workspace();
    }

    /** Whether a text is something that {@link #directory} fetches. */
    static boolean isOne(String text) {
        return GitSource.isOne(text) || UrlContext.isOne(text);
    }

    /**
     * The directory of a repository or URL.
     *
     * @param environment of the caller: how to get at it
     * @param args of the build
     * @throws IllegalArgumentException if it is not well-formed
     */
    Path directory(String remote, Map<String, String> environment, Map<String, String> args) throws IOException {
        boolean keepGit = "1".equals(args.get(KEEP_GIT));
        String key = remote + " " + keepGit;
        Path there = fetched.get(key);
        if (there == null) {
            output.accept("fetching " + remote);
            there = GitSource.isOne(remote)
                    ? GitSource.parse(remote)
                            .fetch(linux, workspace.directory(), environment, keepGit, output)
                            .directory()
                    : UrlContext.fetch(linux, remote, workspace, environment, output);
            fetched.put(key, there);
        }
        return there;
    }

    /**
     * An image of a layout in a directory.
     *
     * @param wanted see {@link LayoutDirectory#write}
     */
    ImageReference image(Path layout, String wanted) throws IOException {
        String key = layout + " " + wanted;
        ImageReference there = loaded.get(key);
        if (there == null) {
            Path archive = workspace.path();
            try (OutputStream out = Files.newOutputStream(archive)) {
                new LayoutDirectory(layout, new OciJson()).write(wanted, out);
            }
            try (InputStream in = Files.newInputStream(archive)) {
                there = builder.load(in);
            }
            Files.delete(archive);
            loaded.put(key, there);
        }
        return there;
    }

    /**
     * The socket of an agent that has these keys.
     *
     * @param keys files of private keys
     * @throws IllegalArgumentException if one is none, or has a passphrase
     */
    Path agent(List<Path> keys) throws IOException {
        Path socket = workspace.path();
        agents.add(KeyAgent.start(keys, socket));
        return socket;
    }

    @Override
    public void close() throws IOException {
        try (workspace) {
            for (KeyAgent agent : agents) {
                agent.close();
            }
            for (ImageReference image : loaded.values()) {
                builder.forget(image);
            }
        }
    }
}

package dev.jcompose.engine.build;

import dev.jcompose.images.Workspace;
import dev.jcompose.images.build.GitSource;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Contexts that are repositories: each is fetched once, whoever builds from it, and gone when this is closed. */
public final class RemoteContexts implements AutoCloseable {
    private static final String KEEP_GIT = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";

    private final Linux linux;
    private final Workspace workspace;
    private final Consumer<String> output;
    private final Map<String, Path> fetched = new HashMap<>();

    /** @param output is given lines about what is fetched */
    public RemoteContexts(Linux linux, Workspace workspace, Consumer<String> output) {
        this.linux = linux;
        this.workspace = workspace;
        this.output = output;
    }

    /**
     * The directory of a repository.
     *
     * @param environment of the caller: how to get at it
     * @param args of the build
     * @throws IllegalArgumentException if it is not well-formed
     */
    Path directory(String repository, Map<String, String> environment, Map<String, String> args) throws IOException {
        boolean keepGit = "1".equals(args.get(KEEP_GIT));
        String key = repository + " " + keepGit;
        Path there = fetched.get(key);
        if (there == null) {
            output.accept("fetching " + repository);
            there = GitSource.parse(repository)
                    .fetch(linux, workspace.directory(), environment, keepGit, output)
                    .directory();
            fetched.put(key, there);
        }
        return there;
    }

    @Override
    public void close() throws IOException {
        workspace.close();
    }
}

package dev.jcompose.images.build;

import dev.jcompose.images.Workspace;
import dev.jcompose.images.layer.LayerEdit;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A context at a URL that is no repository: an archive, of which the files are the context, or else a Dockerfile that
 * needs no files.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#remote-context">Docker, remote tarballs</a>
 */
public final class UrlContext {
    private UrlContext() {}

    /** Whether a text is such a URL. */
    public static boolean isOne(String text) {
        return (text.startsWith("http://") || text.startsWith("https://")) && !GitSource.isOne(text);
    }

    /**
     * Fetches it.
     *
     * @param environment of the caller: how to get at it
     * @param output is given a line about the transfer
     * @return a directory in the workspace
     * @throws IllegalArgumentException if it is no URL
     */
    public static Path fetch(
            Linux linux, String url, Workspace workspace, Map<String, String> environment, Consumer<String> output)
            throws IOException {
        Path file = workspace.path();
        new RemoteFile(environment).fetch(url, "", "Dockerfile", file, output);
        Path directory = workspace.directory();
        if (!ArchiveFormat.isArchive(file)) {
            Files.move(file, directory.resolve("Dockerfile"));
            return directory;
        }
        try (InputStream packed = Files.newInputStream(file);
                InputStream tar = ArchiveFormat.open(packed);
                LayerEdit edit = new LayerEdit(linux, directory, List.of())) {
            edit.unpack(tar, "", attributes -> attributes);
            edit.finish();
        }
        Files.delete(file);
        return directory;
    }
}

package dev.jcompose.engine.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.SortedSet;
import java.util.TreeSet;

/** Tells builds of jcompose apart, so that a command does not go on talking to the engine of an older one. */
public final class BuildId {
    private static final String VERSION = "0.1.0";

    private BuildId() {}

    /** The version of jcompose. */
    public static String version() {
        return VERSION;
    }

    /**
     * The build of the running classes: changes when any jar beside the engine's changes; {@code development} when the
     * classes are not in jars. Client and engine run from the same jars, so they get the same.
     */
    public static String current() {
        try {
            CodeSource source = BuildId.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? "development"
                    : of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IOException e) {
            throw new UncheckedIOException(new IOException("cannot tell which build this is", e));
        }
    }

    /** The same for the jar or directory that the engine's classes are in. */
    static String of(Path location) throws IOException {
        if (Files.isDirectory(location)) {
            return "development";
        }
        SortedSet<String> jars = new TreeSet<>();
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(location.toAbsolutePath().getParent(), "*.jar")) {
            for (Path jar : siblings) {
                jars.add(jar.getFileName() + " " + Files.size(jar) + " "
                        + Files.getLastModifiedTime(jar).toMillis());
            }
        }
        return Integer.toHexString(jars.hashCode());
    }
}

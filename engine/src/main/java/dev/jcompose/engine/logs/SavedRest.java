package dev.jcompose.engine.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Bytes on their way from a file, in which a container's last output was saved when nobody read its pipe, into the log.
 * They are first taken into the log's directory under a name that says where they belong, and only then removed where
 * they were; so an engine that is killed half-way is followed by one that knows what was done.
 *
 * @param file where the bytes are meanwhile
 * @param position where they belong
 */
record SavedRest(Path file, LogPosition position) {
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})-([12])\\.rest");

    /**
     * Takes over what was saved; empty if there is nothing, neither there nor half-way.
     *
     * @param source the file that holds it, which may be missing or empty, and which is removed
     * @param end where the log ends now
     */
    static Optional<SavedRest> claim(Path directory, LogStream stream, Path source, LogPosition end)
            throws IOException {
        Optional<SavedRest> claimed = find(directory, stream);
        if (claimed.isEmpty() && Files.exists(source) && Files.size(source) > 0) {
            Path copy = directory.resolve("rest.tmp");
            Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
            String name = end.segment() + "-" + end.offset() + "-" + stream.number() + ".rest";
            claimed = Optional.of(
                    new SavedRest(Files.move(copy, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE), end));
        }
        Files.deleteIfExists(source);
        return claimed;
    }

    private static Optional<SavedRest> find(Path directory, LogStream stream) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(file -> parse(file, stream).stream()).findFirst();
        }
    }

    private static Optional<SavedRest> parse(Path file, LogStream stream) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || Integer.parseInt(name.group(3)) != stream.number()) {
            return Optional.empty();
        }
        return Optional.of(
                new SavedRest(file, new LogPosition(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))));
    }
}

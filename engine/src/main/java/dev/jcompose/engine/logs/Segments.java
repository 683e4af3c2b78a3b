package dev.jcompose.engine.logs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one log: {@code N.data}, or {@code N.data.gz} when compressed, and {@code N.index}; a higher N is newer.
 */
record Segments(Path directory) {
    private static final Pattern DATA = Pattern.compile("(\\d{1,18})\\.data(\\.gz)?");

    Path data(long number) {
        return directory.resolve(number + ".data");
    }

    Path compressed(long number) {
        return directory.resolve(number + ".data.gz");
    }

    /**
     * Opens a segment's data for reading.
     *
     * @throws NoSuchFileException if it has been removed
     */
    FileChannel open(long number) throws IOException {
        try {
            return FileChannel.open(data(number), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return SegmentCompression.open(this, number);
        }
    }

    private boolean exists(long number) {
        return Files.exists(data(number)) || Files.exists(compressed(number));
    }

    Path index(long number) {
        return directory.resolve(number + ".index");
    }

    /** The numbers of all segments, oldest first; none if there is no such directory. */
    List<Long> numbers() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> DATA.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Long.valueOf(name.group(1)))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** The oldest segment that is newer than this one. Cheap in the usual cases: there is none, or it is the next. */
    OptionalLong after(long number) throws IOException {
        if (exists(number + 1)) {
            return OptionalLong.of(number + 1);
        }
        if (exists(number)) {
            return OptionalLong.empty();
        }
        return numbers().stream()
                .mapToLong(Long::longValue)
                .filter(other -> other > number)
                .findFirst();
    }

    /** Where the newest segment ends now. */
    LogPosition end() throws IOException {
        List<Long> numbers = numbers();
        if (numbers.isEmpty()) {
            return new LogPosition(1, 0);
        }
        long newest = numbers.get(numbers.size() - 1);
        try {
            return new LogPosition(newest, Files.size(data(newest)));
        } catch (NoSuchFileException e) {
            // The log has been removed meanwhile.
            return new LogPosition(newest, 0);
        }
    }

    void delete(long number) throws IOException {
        Files.deleteIfExists(data(number));
        Files.deleteIfExists(compressed(number));
        Files.deleteIfExists(index(number));
    }
}

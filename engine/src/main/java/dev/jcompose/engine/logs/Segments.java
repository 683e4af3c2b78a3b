package dev.jcompose.engine.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of one log: {@code N.data} and {@code N.index}, where a higher N is newer. */
record Segments(Path directory) {
    private static final Pattern DATA = Pattern.compile("(\\d{1,18})\\.data");

    Path data(long number) {
        return directory.resolve(number + ".data");
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
                    .sorted()
                    .toList();
        }
    }

    /** The oldest segment that is newer than this one. Cheap in the usual cases: there is none, or it is the next. */
    OptionalLong after(long number) throws IOException {
        if (Files.exists(data(number + 1))) {
            return OptionalLong.of(number + 1);
        }
        if (Files.exists(data(number))) {
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
        return new LogPosition(newest, Files.size(data(newest)));
    }

    void delete(long number) throws IOException {
        Files.deleteIfExists(data(number));
        Files.deleteIfExists(index(number));
    }
}

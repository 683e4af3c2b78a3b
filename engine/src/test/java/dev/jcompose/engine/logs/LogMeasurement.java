package dev.jcompose.engine.logs;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Prints how fast short lines pass from a FIFO into a log, and from there through a reader. */
final class LogMeasurement {
    private static final int LINES = 5_000_000;
    private static final double MEGA = 1e6;

    private LogMeasurement() {}

    /** Argument: a directory to work in; a temporary one without it. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(
                arguments.length > 0 ? Path.of(arguments[0]) : Path.of("/tmp"), "log-measurement");
        Linux linux = Linux.load();
        try (EventLoop loop = new EventLoop(linux, "logs")) {
            for (int round = 1; round <= 3; round++) {
                buffered(linux, loop, Files.createDirectory(directory.resolve("buffered-" + round)), System.out);
            }
            for (int round = 1; round <= 3; round++) {
                unbuffered(linux, loop, Files.createDirectory(directory.resolve("unbuffered-" + round)), System.out);
            }
        }
    }

    /** A program that writes blocks of lines. */
    private static void buffered(Linux linux, EventLoop loop, Path directory, PrintStream out) throws Exception {
        run(linux, loop, directory, out, "blocks of lines", "seq", "1", Integer.toString(LINES));
    }

    /** A program that flushes after each line. */
    private static void unbuffered(Linux linux, EventLoop loop, Path directory, PrintStream out) throws Exception {
        run(linux, loop, directory, out, "line by line", "stdbuf", "-oL", "seq", "1", Integer.toString(LINES / 5));
    }

    private static void run(
            Linux linux, EventLoop loop, Path directory, PrintStream out, String what, String... command)
            throws Exception {
        ContainerLog log = new ContainerLog(
                linux,
                directory.resolve("log"),
                new LogLimits(10_000_000, 100),
                true,
                Clock.systemUTC(),
                Runnable::run);
        Instant start = Instant.now();
        try (Fifos fifos = new Fifos(linux, directory)) {
            LogWriter writer = log.write(loop, fifos.open(LogStream.STDOUT), fifos.open(LogStream.STDERR));
            new ProcessBuilder(command)
                    .redirectOutput(fifos.out.toFile())
                    .start()
                    .waitFor();
            writer.finish();
        }
        Duration written = Duration.between(start, Instant.now());
        start = Instant.now();
        long lines = 0;
        long bytes = 0;
        try (LogReader reader = log.read(LogQuery.ALL)) {
            for (LogLine line = reader.next(); line != null; line = reader.next()) {
                lines++;
                bytes += line.text().remaining() + 1;
            }
        }
        Duration read = Duration.between(start, Instant.now());
        start = Instant.now();
        log.read(LogQuery.ALL.withTail(100)).close();
        Duration tail = Duration.between(start, Instant.now());
        out.printf(
                "%-16s %d lines, %.1f MB: written %.0f MB/s (%.0f thousand lines/s), read %.0f MB/s, tail 100 %.1f ms,"
                        + " index %.1f MB%n",
                what,
                lines,
                bytes / MEGA,
                bytes / MEGA / seconds(written),
                lines / 1e3 / seconds(written),
                bytes / MEGA / seconds(read),
                tail.toNanos() / MEGA,
                indexBytes(directory.resolve("log")) / MEGA);
        delete(directory);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static long indexBytes(Path log) throws IOException {
        long bytes = 0;
        for (long number : new Segments(log).numbers()) {
            bytes += Files.size(new Segments(log).index(number));
        }
        return bytes;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var walk = Files.walk(directory)) {
            walk.forEach(files::add);
        }
        for (int i = files.size() - 1; i >= 0; i--) {
            Files.delete(files.get(i));
        }
    }
}

package dev.jcompose.network.ports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says which process has a port. Looks at all processes of the machine, so ask it only when something is wrong. */
final class PortConflicts {
    private static final int COMMAND_CHARS = 60;

    private final Path proc;

    /** @param proc {@code /proc}, or a directory like it */
    PortConflicts(Path proc) {
        this.proc = proc;
    }

    /**
     * {@code nginx (pid 123: /usr/sbin/nginx -g ...)}; empty when no socket has it; {@code another process} when it
     * cannot be seen whose.
     */
    Optional<String> holder(Protocol protocol, @Nullable IpAddress address, int port) {
        try {
            List<Long> inodes = new ProcSockets(proc.resolve("thread-self/net")).holding(protocol, address, port);
            return inodes.isEmpty() ? Optional.empty() : Optional.of(process(inodes));
        } catch (IOException e) {
            return Optional.of("another process");
        }
    }

    private String process(List<Long> inodes) throws IOException {
        List<String> links =
                inodes.stream().map(inode -> "socket:[" + inode + "]").toList();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[1-9]*")) {
            for (Path process : processes) {
                if (has(process, links)) {
                    return "%s (pid %s%s)".formatted(name(process), process.getFileName(), command(process));
                }
            }
        }
        return "another process";
    }

    private static String name(Path process) throws IOException {
        return Files.readString(process.resolve("comm")).strip();
    }

    /** Its command line, cut short; nothing for one that says no more than its name does. */
    private static String command(Path process) {
        try {
            String line = Files.readString(process.resolve("cmdline"), ISO_8859_1)
                    .replace('\0', ' ')
                    .replaceAll("[^ -~]", "?")
                    .strip();
            if (line.isEmpty() || line.equals(name(process))) {
                return "";
            }
            return ": " + (line.length() > COMMAND_CHARS ? line.substring(0, COMMAND_CHARS) + "..." : line);
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean has(Path process, List<String> links) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (isOneOf(descriptor, links)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            // Processes come and go while we look.
            return false;
        }
    }

    private static boolean isOneOf(Path descriptor, List<String> links) {
        try {
            return links.contains(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            // So do descriptors; the next one of the same process may be the one.
            return false;
        }
    }
}

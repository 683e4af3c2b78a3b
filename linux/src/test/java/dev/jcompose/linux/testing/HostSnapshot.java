package dev.jcompose.linux.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What is on the host that jcompose could leave behind: interfaces, named network namespaces, mounts, cgroups,
 * nf_tables tables, processes, and files in given directories. Take one before a test, and call
 * {@link #awaitNothingAdded()} after it. The view is that of the calling thread, so in a test with
 * {@link RequiresRoot#namespaces()} the interfaces, tables and mounts are those of the test alone; everywhere else,
 * whatever else runs on the machine is seen too.
 *
 * <p>Tables are compared only where there is an {@code nft} command. Cgroups are those with the engine's name.
 * Processes are those in such a cgroup, or whose command line, environment or open files are of one of the directories.
 * Lock files do not count: to remove one would race with whoever waits for it.
 */
public final class HostSnapshot {
    private static final String INTERFACE = "interface ";
    private static final Path PROC = Path.of("/proc");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private final String engine;
    private final @Nullable Path home;
    private final List<Path> directories;
    private final Set<String> entries;

    private HostSnapshot(String engine, @Nullable Path home, List<Path> directories) {
        this.engine = engine;
        this.home = home;
        this.directories = directories;
        entries = new TreeSet<>();
        try {
            interfaces();
            networkNamespaces();
            mounts();
            cgroups();
            tables();
            processes();
            for (Path directory : directories) {
                files(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries.removeIf(this::isSomebodyElses);
    }

    /**
     * Looks at the host now; cgroups of any engine count.
     *
     * @param directories whose files count: the engine's run directory, say. One that does not exist is empty
     */
    public static HostSnapshot take(Path... directories) {
        return new HostSnapshot("jcompose", null, List.of(directories));
    }

    /**
     * Looks at the host now, at a test's own engine and not at others that may run beside it.
     *
     * @param engine its name, which is in those of its cgroups and its table, and in the aliases of its interfaces
     * @param home in which everything is that it mounts
     */
    public static HostSnapshot takeOf(String engine, Path home, Path... directories) {
        return new HostSnapshot(engine, home, List.of(directories));
    }

    /** What is there now and was not when this was taken, one line each, such as {@code mount /run/x (overlay)}. */
    public List<String> added() {
        Set<String> added = new TreeSet<>(new HostSnapshot(engine, home, directories).entries);
        added.removeAll(entries);
        return List.copyOf(added);
    }

    /**
     * Waits until nothing is there that was not when this was taken: the kernel removes some things with a delay.
     *
     * @throws AssertionError with the list of what is left in the end
     */
    public void awaitNothingAdded() {
        awaitNothingAdded(PatientWaits.PATIENCE);
    }

    /** The same, for something that takes its time to go. */
    public void awaitNothingAdded(Duration patience) {
        try {
            await().atMost(patience)
                    .pollInterval(Duration.ofMillis(50))
                    .pollInSameThread()
                    .until(() -> added().isEmpty());
        } catch (ConditionTimeoutException e) {
            List<String> added = added();
            if (!added.isEmpty()) {
                throw new AssertionError("left behind:\n  " + String.join("\n  ", added), e);
            }
        }
    }

    private boolean isSomebodyElses(String entry) {
        if (home == null || entry.startsWith("process ")) {
            return false;
        }
        String words = entry.startsWith(INTERFACE) ? alias(entry.substring(INTERFACE.length())) : entry;
        return !words.contains(engine) && !words.contains(home.toString());
    }

    private static String alias(String name) {
        return content(Path.of("/sys/class/net", name, "ifalias"));
    }

    private void interfaces() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/net/dev"))) {
            lines.skip(2)
                    .forEach(line -> entries.add(
                            INTERFACE + line.substring(0, line.indexOf(':')).strip()));
        }
    }

    private void networkNamespaces() throws IOException {
        children(Path.of("/run/netns")).forEach(file -> entries.add("network namespace " + file.getFileName()));
    }

    private void mounts() throws IOException {
        // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw: see proc_pid_mountinfo(5)
        try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/mountinfo"))) {
            lines.forEach(line -> entries.add("mount " + line.split(" ", 6)[4] + " ("
                    + line.substring(line.indexOf(" - ") + 3).split(" ", 2)[0] + ")"));
        }
    }

    private void cgroups() throws IOException {
        below(CGROUPS)
                .filter(path -> path.toString().contains(engine))
                .filter(Files::isDirectory)
                .forEach(path -> entries.add("cgroup " + path));
    }

    private void tables() throws IOException {
        Process nft;
        try {
            nft = new ProcessBuilder("nft", "list", "tables")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException noSuchCommand) {
            return;
        }
        String output = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!nft.waitFor(60, TimeUnit.SECONDS) || nft.exitValue() != 0) {
                throw new IOException("nft list tables: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        output.lines().forEach(line -> entries.add("nf_tables " + line));
    }

    private void processes() throws IOException {
        for (Path process : children(PROC)) {
            if (process.getFileName().toString().chars().allMatch(Character::isDigit) && isOurs(process)) {
                entries.add("process " + process.getFileName() + " "
                        + content(process.resolve("cmdline")).replace('\0', ' '));
            }
        }
    }

    private boolean isOurs(Path process) {
        if (process.getFileName()
                .toString()
                .equals(Long.toString(ProcessHandle.current().pid()))) {
            return false;
        }
        String words = content(process.resolve("cmdline")) + content(process.resolve("environ"));
        return directories.stream().anyMatch(directory -> words.contains(directory.toString()))
                || content(process.resolve("cgroup")).contains(engine)
                || hasOurFile(process);
    }

    /** A launch program has no words; but it holds what it writes to. */
    private boolean hasOurFile(Path process) {
        try {
            for (Path fd : children(process.resolve("fd"))) {
                Path file = Files.readSymbolicLink(fd);
                if (directories.stream().anyMatch(file::startsWith)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | UncheckedIOException gone) {
            return false;
        }
    }

    private void files(Path directory) {
        below(directory)
                .skip(1)
                .filter(path -> !path.toString().endsWith(".lock"))
                .forEach(path -> entries.add("file " + path));
    }

    /** What the file has, or nothing if the process that it belongs to has gone meanwhile. */
    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static Set<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.collect(Collectors.toSet());
        }
    }

    /** The directory and all in it; what vanishes during the walk may be left out. */
    private static Stream<Path> below(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        Set<Path> paths = new TreeSet<>();
        walk(directory, paths);
        return paths.stream();
    }

    private static void walk(Path path, Set<Path> paths) {
        paths.add(path);
        if (Files.isSymbolicLink(path)) {
            return;
        }
        try {
            for (Path child : children(path)) {
                walk(child, paths);
            }
        } catch (IOException | UncheckedIOException gone) {
            paths.remove(path);
        }
    }
}

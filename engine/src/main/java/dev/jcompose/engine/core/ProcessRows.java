package dev.jcompose.engine.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.ContainerProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Processes as {@code ps -ef} shows them, from proc(5).
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
final class ProcessRows {
    private static final List<String> TITLES = List.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
    private static final int TICKS_PER_SECOND = 100;
    private static final int PTS_MAJOR = 136;
    private static final int NAME_LENGTH = 8;
    private static final int DAY_SECONDS = 24 * 3600;

    private final Path proc;
    private final Path passwd;

    /** From a proc file system and the machine's accounts. */
    ProcessRows(Path proc, Path passwd) {
        this.proc = proc;
        this.passwd = passwd;
    }

    /** Those of the processes that are still there. */
    ContainerProcesses of(List<Integer> pids, Instant now) throws IOException {
        Map<String, String> names = names();
        double uptime =
                Double.parseDouble(Files.readString(proc.resolve("uptime")).split(" ")[0]);
        List<List<String>> rows = new ArrayList<>();
        for (int pid : pids) {
            row(pid, names, uptime, now).ifPresent(rows::add);
        }
        return new ContainerProcesses(TITLES, rows);
    }

    private Map<String, String> names() throws IOException {
        Map<String, String> names = new HashMap<>();
        if (Files.isReadable(passwd)) {
            for (String line : Files.readAllLines(passwd)) {
                String[] fields = line.split(":");
                if (fields.length > 2) {
                    names.putIfAbsent(fields[2], fields[0]);
                }
            }
        }
        return names;
    }

    private Optional<List<String>> row(int pid, Map<String, String> names, double uptime, Instant now) {
        try {
            Path own = proc.resolve(Integer.toString(pid));
            String stat = Files.readString(own.resolve("stat"));
            int end = stat.lastIndexOf(')');
            String program = stat.substring(stat.indexOf('(') + 1, end);
            // From the third field on.
            String[] fields = stat.substring(end + 2).split(" ");
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            double age = uptime - Long.parseLong(fields[19]) / (double) TICKS_PER_SECOND;
            String uid = Files.getAttribute(own, "unix:uid").toString();
            return Optional.of(List.of(
                    shortened(names.getOrDefault(uid, uid)),
                    Integer.toString(pid),
                    fields[1],
                    Long.toString(age < 1 ? 0 : Math.min(99, (long) (ticks / age))),
                    started(now.minusMillis((long) (age * 1000)), now),
                    terminal(Integer.parseInt(fields[4])),
                    time(ticks / TICKS_PER_SECOND),
                    command(own, program)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String shortened(String name) {
        return name.length() > NAME_LENGTH ? name.substring(0, NAME_LENGTH - 1) + "+" : name;
    }

    private static String started(Instant start, Instant now) {
        String form = now.getEpochSecond() - start.getEpochSecond() < DAY_SECONDS ? "HH:mm" : "MMMdd";
        return DateTimeFormatter.ofPattern(form, Locale.ROOT).format(start.atZone(ZoneId.systemDefault()));
    }

    private static String terminal(int number) {
        int major = (number >> 8) & 0xff;
        int minor = (number & 0xff) | ((number >> 12) & 0xfff00);
        boolean pseudo = major >= PTS_MAJOR && major < PTS_MAJOR + 8;
        return pseudo ? "pts/" + (minor + (major - PTS_MAJOR) * 256) : "?";
    }

    private static String time(long seconds) {
        String clock = "%02d:%02d:%02d".formatted(seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        return seconds < DAY_SECONDS ? clock : seconds / DAY_SECONDS + "-" + clock;
    }

    private static String command(Path own, String program) throws IOException {
        String line = new String(Files.readAllBytes(own.resolve("cmdline")), UTF_8)
                .replace('\0', ' ')
                .strip();
        return line.isEmpty() ? "[" + program + "]" : line;
    }
}

package dev.jcompose.engine.doctor;

import dev.jcompose.linux.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JVM, and the limits that the system sets. */
final class ProcessCheck {
    private static final int OLDEST = 17;
    private static final int FAST = 25;
    private static final long FEW_FILES = 4096;
    private static final long FEW_WATCHES = 8192;
    private static final Path WATCHES = Path.of("/proc/sys/fs/inotify/max_user_watches");

    private ProcessCheck() {}

    static void report(Findings findings) throws IOException {
        int version = Runtime.version().feature();
        String found =
                System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("java.home");
        if (version < OLDEST) {
            findings.failure("jvm", found, "jcompose needs Java 17 or newer: set JAVA_HOME");
        } else if (version < FAST) {
            findings.ok("jvm", found + " (commands start faster with Java 25)");
        } else {
            findings.ok("jvm", found);
        }
        files(findings);
        if (Files.isReadable(WATCHES)) {
            String watches = Setting.read(WATCHES);
            if (Long.parseLong(watches) < FEW_WATCHES) {
                findings.warning(
                        "watched folders",
                        "fs.inotify.max_user_watches is " + watches,
                        "for jcompose watch on large trees: sysctl -w fs.inotify.max_user_watches=524288");
            } else {
                findings.ok("watched folders", watches + " at most");
            }
        }
    }

    private static void files(Findings findings) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(one -> one.startsWith("Max open files"))
                .findFirst()
                .orElse("");
        String[] words = line.split("\\s{2,}", -1);
        String hard = words.length > 2 ? words[2] : "unknown";
        if (hard.matches("\\d+") && Long.parseLong(hard) < FEW_FILES) {
            findings.warning(
                    "open files", hard + " at most: enough for some dozen containers", "ulimit -n 65536, as root");
        } else {
            findings.ok("open files", hard + " at most");
        }
    }
}

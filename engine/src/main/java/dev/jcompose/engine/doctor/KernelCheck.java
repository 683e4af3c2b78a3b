package dev.jcompose.engine.doctor;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What containers need of the kernel itself. */
final class KernelCheck {
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);
    /** mount_setattr(2) came with 5.12. */
    private static final int OLDEST = 5 * 1000 + 12;

    private static final List<String> NAMESPACES = List.of("cgroup", "ipc", "mnt", "net", "pid", "uts");
    private static final List<String> FILE_SYSTEMS = List.of("overlay", "proc", "sysfs", "tmpfs", "devpts", "mqueue");
    private static final int TRIED =
            Sched.CLONE_NEWNS | Sched.CLONE_NEWNET | Sched.CLONE_NEWIPC | Sched.CLONE_NEWUTS | Sched.CLONE_NEWCGROUP;

    private final Linux linux;
    private final Rights rights;
    private final Path proc;

    /** @param proc {@code /proc}, or what a test has in its place */
    KernelCheck(Linux linux, Rights rights, Path proc) {
        this.linux = linux;
        this.rights = rights;
        this.proc = proc;
    }

    void report(Findings findings) throws IOException {
        release(findings);
        namespaces(findings);
        fileSystems(findings);
        seccomp(findings);
        pidfd(findings);
    }

    private void release(Findings findings) throws IOException {
        String release = Setting.read(proc.resolve("sys/kernel/osrelease"));
        String machine = Arch.current().name().toLowerCase(Locale.ROOT);
        Matcher matcher = RELEASE.matcher(release);
        boolean known = matcher.matches();
        if (known && Integer.parseInt(matcher.group(1)) * 1000 + Integer.parseInt(matcher.group(2)) < OLDEST) {
            findings.failure("version", release, "jcompose needs Linux 5.12 or newer");
        } else if (known) {
            findings.ok("version", release + ", " + machine);
        } else {
            findings.unknown("version", release, "jcompose needs Linux 5.12 or newer");
        }
    }

    private void namespaces(Findings findings) throws IOException {
        List<String> missing = new ArrayList<>();
        List<String> forbidden = new ArrayList<>();
        for (String namespace : NAMESPACES) {
            Path limit = proc.resolve("sys/user/max_" + namespace + "_namespaces");
            if (!Files.exists(proc.resolve("self/ns/" + namespace))) {
                missing.add(namespace);
            } else if (Files.isReadable(limit) && Setting.read(limit).equals("0")) {
                forbidden.add("user.max_" + namespace + "_namespaces");
            }
        }
        if (!missing.isEmpty()) {
            findings.failure(
                    "namespaces",
                    "the kernel lacks " + String.join(", ", missing),
                    "take a kernel with CONFIG_NAMESPACES");
        } else if (!forbidden.isEmpty()) {
            findings.failure(
                    "namespaces",
                    String.join(", ", forbidden) + " is 0",
                    "sysctl -w " + String.join("=10000 ", forbidden) + "=10000");
        } else if (!rights.suffice()) {
            findings.unknown("namespaces", "there, but making them was not tried", Rights.REMEDY);
        } else {
            try {
                NewNamespaces.run(linux, TRIED, () -> {});
                findings.ok("namespaces", String.join(", ", NAMESPACES));
            } catch (IOException e) {
                findings.failure(
                        "namespaces",
                        String.valueOf(e.getMessage()),
                        "a seccomp filter or security module around this process forbids it; run jcompose outside of it");
            }
        }
    }

    /** Those that are modules are not listed before they are loaded. */
    private void fileSystems(Findings findings) throws IOException {
        String known = Files.readString(proc.resolve("filesystems"));
        List<String> missing = FILE_SYSTEMS.stream()
                .filter(type -> known.lines().noneMatch(line -> line.endsWith("\t" + type)))
                .toList();
        if (missing.isEmpty()) {
            findings.ok("file systems", String.join(", ", FILE_SYSTEMS));
        } else {
            findings.warning(
                    "file systems",
                    "not loaded: " + String.join(", ", missing),
                    "modprobe " + String.join("; modprobe ", missing) + ", unless the trial below was good");
        }
    }

    private void seccomp(Findings findings) throws IOException {
        Path actions = proc.resolve("sys/kernel/seccomp/actions_avail");
        if (Files.isReadable(actions) && Setting.read(actions).contains("errno")) {
            findings.ok("seccomp", "filters");
        } else {
            findings.failure("seccomp", "no filters", "take a kernel with CONFIG_SECCOMP_FILTER");
        }
    }

    private void pidfd(Findings findings) {
        try (Fd self = linux.processes().pidfdOpen((int) ProcessHandle.current().pid())) {
            findings.ok("process descriptors", self.number() >= 0 ? "pidfd_open" : "");
        } catch (ErrnoException e) {
            findings.failure(
                    "process descriptors",
                    String.valueOf(e.getMessage()),
                    "the kernel, or a seccomp filter around this process, must allow pidfd_open");
        }
    }
}

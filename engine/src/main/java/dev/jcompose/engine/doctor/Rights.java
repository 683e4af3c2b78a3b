package dev.jcompose.engine.doctor;

import dev.jcompose.runtime.capability.Capability;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process may do.
 *
 * @param root whether it is user 0
 * @param missing capabilities that the engine needs and this process has not
 */
record Rights(boolean root, List<String> missing) {
    private static final List<Capability> NEEDED = List.of(
            Capability.CHOWN,
            Capability.DAC_OVERRIDE,
            Capability.FOWNER,
            Capability.KILL,
            Capability.MKNOD,
            Capability.NET_ADMIN,
            Capability.SETGID,
            Capability.SETPCAP,
            Capability.SETUID,
            Capability.SYS_ADMIN,
            Capability.SYS_CHROOT);
    private static final String EFFECTIVE = "CapEff:";

    static final String REMEDY = "run jcompose as root, for example with sudo";

    static Rights ofThisProcess() throws IOException {
        return of(Files.readAllLines(Path.of("/proc/self/status")));
    }

    /** From the lines of {@code /proc/PID/status}. */
    static Rights of(List<String> status) {
        BigInteger effective = new BigInteger(value(status, EFFECTIVE), 16);
        List<String> missing = NEEDED.stream()
                .filter(capability -> !effective.testBit(capability.number()))
                .map(Capability::manName)
                .toList();
        List<String> users = Stream.of(value(status, "Uid:").split("\\s+", -1)).toList();
        return new Rights(users.size() > 1 && users.get(1).equals("0"), missing);
    }

    private static String value(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElse("0");
    }

    /** Whether what containers need can be tried. */
    boolean suffice() {
        return root && missing.isEmpty();
    }

    void report(Findings findings) throws IOException {
        if (!root) {
            findings.failure("user", "not root", REMEDY);
        } else {
            findings.ok("user", "root");
        }
        if (missing.isEmpty()) {
            findings.ok("capabilities", "all that the engine needs");
        } else if (root) {
            findings.failure(
                    "capabilities",
                    "without " + String.join(", ", missing),
                    "this is a container or a restricted shell: give it these capabilities (docker run --privileged)");
        }
        String users = Files.readString(Path.of("/proc/self/uid_map")).strip();
        if (!users.endsWith(" 4294967295")) {
            findings.warning(
                    "user namespace",
                    "not the machine's own: " + users.replaceAll("\\s+", " "),
                    "devices and some file systems cannot be had in it; run jcompose outside of it");
        }
    }
}

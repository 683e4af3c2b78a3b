package dev.jcompose.runtime.capability;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Linux capability. The constants are in the kernel's order, so that {@link #number()} is the kernel's number.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public enum Capability {
    CHOWN,
    DAC_OVERRIDE,
    DAC_READ_SEARCH,
    FOWNER,
    FSETID,
    KILL,
    SETGID,
    SETUID,
    SETPCAP,
    LINUX_IMMUTABLE,
    NET_BIND_SERVICE,
    NET_BROADCAST,
    NET_ADMIN,
    NET_RAW,
    IPC_LOCK,
    IPC_OWNER,
    SYS_MODULE,
    SYS_RAWIO,
    SYS_CHROOT,
    SYS_PTRACE,
    SYS_PACCT,
    SYS_ADMIN,
    SYS_BOOT,
    SYS_NICE,
    SYS_RESOURCE,
    SYS_TIME,
    SYS_TTY_CONFIG,
    MKNOD,
    LEASE,
    AUDIT_WRITE,
    AUDIT_CONTROL,
    SETFCAP,
    MAC_OVERRIDE,
    MAC_ADMIN,
    SYSLOG,
    WAKE_ALARM,
    BLOCK_SUSPEND,
    AUDIT_READ,
    PERFMON,
    BPF,
    CHECKPOINT_RESTORE;

    private static final String PREFIX = "CAP_";

    /** The number that prctl(2) and capset(2) know it by. */
    @SuppressWarnings("EnumOrdinal") // The kernel's numbers are dense from 0, and never change.
    public int number() {
        return ordinal();
    }

    /** The name as the man page writes it, for example {@code CAP_NET_ADMIN}. */
    public String manName() {
        return PREFIX + name();
    }

    /**
     * Finds a capability by its name, with or without {@code CAP_}, in any case.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists them all
     */
    public static Capability parse(String name) {
        String bare = bareName(name);
        Optional<Capability> found =
                Arrays.stream(values()).filter(c -> c.name().equals(bare)).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("unknown capability \"" + name
                + "\", expected ALL or one of "
                + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    static String bareName(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith(PREFIX) ? upper.substring(PREFIX.length()) : upper;
    }
}

package dev.jcompose.runtime.container;

import java.util.List;
import java.util.Set;

/**
 * What a container may do.
 *
 * @param privileged all capabilities the engine has, all devices, no masks, no seccomp filter
 * @param capAdd capabilities beyond the default, with or without {@code CAP_}, any case; {@code ALL}
 * @param capDrop capabilities to take away, in the same form; added ones win over {@code ALL} here
 * @param seccomp the filter; none if privileged
 * @param noNewPrivileges set-user-ID programs and file capabilities give nothing
 * @param maskedPaths absolute paths that look empty inside
 * @param readonlyPaths absolute paths that cannot be written inside
 */
public record Security(
        boolean privileged,
        Set<String> capAdd,
        Set<String> capDrop,
        SeccompMode seccomp,
        boolean noNewPrivileges,
        List<String> maskedPaths,
        List<String> readonlyPaths) {

    /** Docker's masked paths; those that the kernel does not have are skipped. */
    public static final List<String> MASKED_PATHS = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware");

    /** Docker's read-only paths. */
    public static final List<String> READONLY_PATHS =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    /** What a container gets that asks for nothing special. */
    public static final Security DEFAULTS =
            new Security(false, Set.of(), Set.of(), new SeccompMode.Default(), false, MASKED_PATHS, READONLY_PATHS);

    /** What {@code privileged: true} means. */
    public static final Security PRIVILEGED =
            new Security(true, Set.of(), Set.of(), new SeccompMode.Unconfined(), false, List.of(), List.of());

    public Security {
        capAdd = Set.copyOf(capAdd);
        capDrop = Set.copyOf(capDrop);
        maskedPaths = List.copyOf(maskedPaths);
        readonlyPaths = List.copyOf(readonlyPaths);
    }
}

package dev.jcompose.runtime.seccomp;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Errno;
import dev.jcompose.runtime.capability.CapabilitySet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The filters of the default profile for one architecture, compiled when they are first asked for and then kept.
 * Thread-safe.
 *
 * <p>A container's capabilities count, because the kernel's own check already guards calls such as mount(2) against
 * containers that lack {@code SYS_ADMIN}, and one that was given it is meant to use them.
 */
public final class SeccompFilters {
    private static final CapabilitySet DECIDING = CapabilitySet.of(DefaultProfile.RULES.stream()
            .map(SyscallRule::capability)
            .filter(Objects::nonNull)
            .toList());

    private final Arch arch;
    private final Map<CapabilitySet, SeccompFilter> compiled = new ConcurrentHashMap<>();

    public SeccompFilters(Arch arch) {
        this.arch = arch;
    }

    /**
     * The filter for a container with these capabilities in its bounding set. Install it with
     * {@code seccomp(SECCOMP_SET_MODE_FILTER)}: before capabilities are dropped, or else after
     * {@code PR_SET_NO_NEW_PRIVS}.
     */
    public SeccompFilter forCapabilities(CapabilitySet capabilities) {
        return compiled.computeIfAbsent(capabilities.intersect(DECIDING), this::compile);
    }

    private SeccompFilter compile(CapabilitySet capabilities) {
        Map<Integer, NavigableMap<Integer, Decision>> byArch = new LinkedHashMap<>();
        for (Abi abi : Abi.of(arch)) {
            NavigableMap<Integer, Decision> numbers =
                    byArch.computeIfAbsent(abi.auditArch(), ignored -> new TreeMap<>(Integer::compareUnsigned));
            numbers.putAll(decide(SyscallTable.load(abi), capabilities, DefaultProfile.RULES));
        }
        return FilterCompiler.compile(byArch);
    }

    /** What happens to every known call; unknown ones are left out. */
    static Map<Integer, Decision> decide(SyscallTable table, CapabilitySet capabilities, List<SyscallRule> rules) {
        Map<Integer, Decision> decisions = new TreeMap<>();
        table.numbers().values().forEach(number -> decisions.put(number, new Decision.Fail(Errno.EPERM)));
        for (SyscallRule rule : rules) {
            if (rule.countsFor(capabilities)) {
                for (String name : rule.names()) {
                    table.number(name)
                            .ifPresent(
                                    number -> decisions.merge(number, rule.decision(), SeccompFilters::moreGenerous));
                }
            }
        }
        return decisions;
    }

    private static Decision moreGenerous(Decision before, Decision now) {
        return before instanceof Decision.Allow || (before instanceof Decision.AllowIf && now instanceof Decision.Fail)
                ? before
                : now;
    }
}

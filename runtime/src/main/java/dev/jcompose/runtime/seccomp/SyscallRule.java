package dev.jcompose.runtime.seccomp;

import dev.jcompose.runtime.capability.Capability;
import dev.jcompose.runtime.capability.CapabilitySet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a profile.
 *
 * @param decision what happens to the calls
 * @param capability the rule counts only for containers that have it, or lack it; null counts for all
 * @param whenPresent whether the container must have the capability, or must lack it
 * @param names the calls; a name that an architecture does not have is skipped there
 */
record SyscallRule(Decision decision, @Nullable Capability capability, boolean whenPresent, List<String> names) {
    SyscallRule {
        names = List.copyOf(names);
    }

    static SyscallRule always(Decision decision, String names) {
        return new SyscallRule(decision, null, true, words(names));
    }

    static SyscallRule with(Capability capability, Decision decision, String names) {
        return new SyscallRule(decision, capability, true, words(names));
    }

    static SyscallRule without(Capability capability, Decision decision, String names) {
        return new SyscallRule(decision, capability, false, words(names));
    }

    boolean countsFor(CapabilitySet capabilities) {
        return capability == null || capabilities.contains(capability) == whenPresent;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}

package dev.jcompose.network.firewall;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.nftables.ChainInfo;
import dev.jcompose.linux.netlink.nftables.RuleInfo;
import dev.jcompose.linux.netlink.nftables.RuleStep;
import dev.jcompose.linux.netlink.nftables.SetContent;
import dev.jcompose.linux.netlink.nftables.Verdict;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules of a table what they would do with a packet. A rule of which it cannot be told whether it matches, for
 * it asks for a rate or an address, is taken for one that does not.
 */
final class TableTrial {
    private static final int REGISTER_BYTES = 64;
    /** As deep as the kernel lets jumps go. */
    private static final int GREATEST_DEPTH = 16;

    private final Map<String, List<RuleInfo>> chains;
    private final Sets sets;
    private final TrialPacket packet;
    private final Set<String> unjudged = new TreeSet<>();

    /** The sets of the table. */
    @FunctionalInterface
    interface Sets {
        /** What is in the one of that name. */
        SetContent content(String name) throws ErrnoException;
    }

    /** @param rules of one table */
    TableTrial(List<RuleInfo> rules, Sets sets, TrialPacket packet) {
        chains = rules.stream().collect(Collectors.groupingBy(RuleInfo::chain));
        this.sets = sets;
        this.packet = packet;
    }

    /** The rules that went by how many packets there were, or by chance: their chains, and what they ask. */
    Set<String> unjudged() {
        return unjudged;
    }

    /** How a chain ends for the packet; one that says nothing leads back to where it was called. */
    private enum End {
        ACCEPTED,
        DROPPED,
        NOTHING
    }

    private record Outcome(End end, String chain) {}

    /** The chain that drops the packet when it comes to this base chain; empty when it passes. */
    Optional<String> dropping(ChainInfo base) throws ErrnoException {
        Outcome outcome = run(base.name(), 0);
        return switch (outcome.end()) {
            case ACCEPTED -> Optional.empty();
            case DROPPED -> Optional.of(outcome.chain());
            case NOTHING -> base.drops() ? Optional.of(base.name()) : Optional.empty();
        };
    }

    private Outcome run(String chain, int depth) throws ErrnoException {
        Outcome nothing = new Outcome(End.NOTHING, chain);
        if (depth > GREATEST_DEPTH) {
            return nothing;
        }
        for (RuleInfo rule : chains.getOrDefault(chain, List.of())) {
            Verdict verdict = judge(rule);
            if (verdict == null) {
                continue;
            }
            if (verdict.code() == Verdict.ACCEPT.code()) {
                return new Outcome(End.ACCEPTED, chain);
            } else if (verdict.code() == Verdict.DROP.code()) {
                return new Outcome(End.DROPPED, chain);
            } else if (verdict.code() == Verdict.RETURN.code()) {
                return nothing;
            } else if (verdict.code() == Verdict.goTo("").code()) {
                return run(verdict.chain(), depth + 1);
            } else if (verdict.code() == Verdict.jump("").code()) {
                Outcome called = run(verdict.chain(), depth + 1);
                if (called.end() != End.NOTHING) {
                    return called;
                }
            }
        }
        return nothing;
    }

    /** The verdict of a rule that surely matches; null for others, and for one without a verdict. */
    private @Nullable Verdict judge(RuleInfo rule) throws ErrnoException {
        Registers registers = new Registers();
        for (RuleStep step : rule.steps()) {
            if (step instanceof RuleStep.Judge judge) {
                return judge.verdict();
            } else if (step instanceof RuleStep.Lookup lookup) {
                SetContent.Entry entry = search(lookup, registers);
                if (entry == null || entry.there() == lookup.inverted() || lookup.values()) {
                    return null;
                } else if (entry.verdict() != null) {
                    return entry.verdict();
                }
            } else if (step instanceof RuleStep.Chance chance) {
                if (rule.steps().stream().anyMatch(RuleStep.Judge.class::isInstance)) {
                    unjudged.add(rule.chain() + ": " + chance.name());
                }
                return null;
            } else if (!passes(step, registers)) {
                return null;
            }
        }
        return null;
    }

    private boolean passes(RuleStep step, Registers registers) {
        if (step instanceof RuleStep.Load load) {
            registers.put(load.register(), packet.value(load.property()));
        } else if (step instanceof RuleStep.LoadBytes load) {
            registers.put(load.register(), packet.bytes(load.header(), load.offset(), load.length()));
        } else if (step instanceof RuleStep.Mask mask) {
            registers.mask(mask);
        } else if (step instanceof RuleStep.Compare compare) {
            byte[] value = registers.value(compare.register(), compare.value().capacity());
            return value != null && ByteBuffer.wrap(value).equals(compare.value()) == compare.equal();
        } else if (step instanceof RuleStep.ConnectionState) {
            return packet.answer();
        } else {
            return !(step instanceof RuleStep.Other);
        }
        return true;
    }

    /** Null when it cannot be told. A set is not read, it may be large, when nothing is known of what it is asked. */
    private SetContent.@Nullable Entry search(RuleStep.Lookup lookup, Registers registers) throws ErrnoException {
        if (registers.value(lookup.register(), 1) == null) {
            return null;
        }
        SetContent content = sets.content(lookup.set());
        if (content.isEmpty()) {
            return SetContent.Entry.NONE;
        }
        byte[] key = registers.value(lookup.register(), content.keyBytes());
        return key == null || !content.isKnown() ? null : content.find(key);
    }

    /** What a rule has loaded, and which of it is known. */
    private static final class Registers {
        private final byte[] bytes = new byte[REGISTER_BYTES];
        private final boolean[] known = new boolean[REGISTER_BYTES];

        void put(int register, byte @Nullable [] value) {
            for (int i = 0; register + i < REGISTER_BYTES && i < (value == null ? 16 : value.length); i++) {
                bytes[register + i] = value == null ? 0 : value[i];
                known[register + i] = value != null;
            }
        }

        void mask(RuleStep.Mask mask) {
            for (int i = 0; i < Math.min(mask.mask().capacity(), mask.toggle().capacity()); i++) {
                int from = mask.source() + i;
                int to = mask.target() + i;
                if (from < REGISTER_BYTES && to < REGISTER_BYTES) {
                    bytes[to] = (byte)
                            ((bytes[from] & mask.mask().get(i)) ^ mask.toggle().get(i));
                    known[to] = known[from] || mask.mask().get(i) == 0;
                }
            }
        }

        /** Null when one of the bytes is not known. */
        byte @Nullable [] value(int register, int length) {
            for (int at = register; at < register + length; at++) {
                if (at >= REGISTER_BYTES || !known[at]) {
                    return null;
                }
            }
            return Arrays.copyOfRange(bytes, register, register + length);
        }
    }
}

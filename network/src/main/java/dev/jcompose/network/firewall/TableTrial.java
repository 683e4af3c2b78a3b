package dev.jcompose.network.firewall;

import dev.jcompose.linux.netlink.nftables.ChainInfo;
import dev.jcompose.linux.netlink.nftables.RuleInfo;
import dev.jcompose.linux.netlink.nftables.RuleStep;
import dev.jcompose.linux.netlink.nftables.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules of a table what they would do with a packet. A rule of which it cannot be told whether it matches, for
 * it asks for a set, a rate or an address, is taken for one that does not. Where a set of connection states is asked
 * for, an answer is taken to be of such a connection.
 */
final class TableTrial {
    private static final int REGISTER_BYTES = 64;
    /** As deep as the kernel lets jumps go. */
    private static final int GREATEST_DEPTH = 16;

    private final Map<String, List<RuleInfo>> chains;
    private final TrialPacket packet;

    /** @param rules of one table */
    TableTrial(List<RuleInfo> rules, TrialPacket packet) {
        chains = rules.stream().collect(Collectors.groupingBy(RuleInfo::chain));
        this.packet = packet;
    }

    /** How a chain ends for the packet; one that says nothing leads back to where it was called. */
    private enum End {
        ACCEPTED,
        DROPPED,
        NOTHING
    }

    private record Outcome(End end, String chain) {}

    /** The chain that drops the packet when it comes to this base chain; empty when it passes. */
    Optional<String> dropping(ChainInfo base) {
        Outcome outcome = run(base.name(), 0);
        return switch (outcome.end()) {
            case ACCEPTED -> Optional.empty();
            case DROPPED -> Optional.of(outcome.chain());
            case NOTHING -> base.drops() ? Optional.of(base.name()) : Optional.empty();
        };
    }

    private Outcome run(String chain, int depth) {
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
    private @Nullable Verdict judge(RuleInfo rule) {
        Registers registers = new Registers();
        int state = -1;
        for (RuleStep step : rule.steps()) {
            if (step instanceof RuleStep.Load load) {
                registers.put(load.register(), packet.value(load.property()));
                state = load.property() == RuleStep.Property.CT_STATE ? load.register() : state;
            } else if (step instanceof RuleStep.LoadBytes load) {
                registers.put(load.register(), packet.bytes(load.header(), load.offset(), load.length()));
            } else if (step instanceof RuleStep.Mask mask) {
                registers.mask(mask);
            } else if (step instanceof RuleStep.Compare compare) {
                Boolean same = registers.same(compare);
                if (same == null || same != compare.equal()) {
                    return null;
                }
            } else if (step instanceof RuleStep.Lookup lookup) {
                if (!packet.answer() || lookup.register() != state) {
                    return null;
                }
                if (lookup.verdict()) {
                    return Verdict.ACCEPT;
                }
            } else if (step instanceof RuleStep.Other
                    || (step instanceof RuleStep.ConnectionState && !packet.answer())) {
                return null;
            } else if (step instanceof RuleStep.Judge judge) {
                return judge.verdict();
            }
        }
        return null;
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

        /** Null when it cannot be told. */
        @Nullable
        Boolean same(RuleStep.Compare compare) {
            boolean same = true;
            for (int i = 0; i < compare.value().capacity(); i++) {
                int at = compare.register() + i;
                if (at >= REGISTER_BYTES || !known[at]) {
                    return null;
                }
                same &= bytes[at] == compare.value().get(i);
            }
            return same;
        }
    }
}

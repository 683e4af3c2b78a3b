package dev.jcompose.linux.xtables;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.linux.netlink.nftables.RuleInfo;
import dev.jcompose.linux.netlink.nftables.RuleStep;
import dev.jcompose.linux.netlink.nftables.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the entries of a table: one behind the other, with jumps by offset. */
final class LegacyRules {
    private static final int INTERFACE_BYTES = 16;
    private static final int TARGET_HEADER = 32;
    private static final int TARGET_NAME_AT = 2;
    private static final int TARGET_NAME_BYTES = 29;
    private static final int INVERTED_IN = 1;
    private static final int INVERTED_OUT = 2;
    private static final int INVERTED_PROTOCOL = 0x40;
    private static final int GOTO_V4 = 2;
    private static final int GOTO_V6 = 4;
    /** Verdicts are stored as {@code -verdict - 1}; {@code NF_REPEAT}, 4, stands for a return. */
    private static final int STORED_RETURN = -5;

    private static final int STORED_ACCEPT = -2;

    private final Layout layout;
    private final ByteBuffer entries;
    /** By the offset of a chain's first rule. */
    private final Map<Integer, String> chains = new TreeMap<>();

    private final Map<Integer, Integer> lastRules = new TreeMap<>();

    LegacyRules(Layout layout, ByteBuffer entries) {
        this.layout = layout;
        this.entries = entries;
        for (int at = 0; at < entries.capacity(); at = next(at)) {
            if (target(at).equals("ERROR")) {
                chains.put(next(at), string(targetAt(at) + TARGET_HEADER, TARGET_NAME_BYTES));
            }
        }
    }

    /** A chain of the kernel's own, from its first rule to the one that is its policy. */
    void base(String name, int first, int policy) {
        chains.put(first, name);
        lastRules.put(first, policy);
    }

    /** The rules of all chains, in their order. */
    List<RuleInfo> all() {
        List<RuleInfo> all = new ArrayList<>();
        chains.forEach((first, name) -> {
            int last = lastRules.getOrDefault(first, entries.capacity());
            for (int at = first;
                    at < entries.capacity() && at <= last && !target(at).equals("ERROR");
                    at = next(at)) {
                all.add(new RuleInfo(name, steps(at)));
            }
        });
        return all;
    }

    private List<RuleStep> steps(int at) {
        List<RuleStep> steps = new ArrayList<>();
        int inverted = entries.get(at + layout.flags() + 1);
        int interfaces = at + layout.interfaces();
        name(steps, RuleStep.Property.IIFNAME, interfaces, (inverted & INVERTED_IN) == 0);
        name(steps, RuleStep.Property.OIFNAME, interfaces + INTERFACE_BYTES, (inverted & INVERTED_OUT) == 0);
        int protocol = entries.getShort(at + layout.protocol()) & 0xffff;
        if (protocol != 0) {
            steps.add(new RuleStep.Load(RuleStep.Property.L4PROTO, 0));
            steps.add(new RuleStep.Compare(
                    0, ByteBuffer.wrap(new byte[] {(byte) protocol}), (inverted & INVERTED_PROTOCOL) == 0));
        }
        for (int i = layout.addresses() / 2; i < layout.addresses(); i++) {
            if (entries.get(at + i) != 0) {
                steps.add(new RuleStep.Other("an address"));
                break;
            }
        }
        int size;
        for (int match = at + layout.matches(); match < targetAt(at); match += Math.max(size, TARGET_HEADER)) {
            size = entries.getShort(match) & 0xffff;
            steps.add(RuleStep.match(string(match + TARGET_NAME_AT, TARGET_NAME_BYTES)));
        }
        String target = target(at);
        if (target.isEmpty()) {
            steps.add(new RuleStep.Judge(verdict(at)));
        } else if (target.equals("REJECT")) {
            steps.add(new RuleStep.Judge(Verdict.DROP));
        }
        return steps;
    }

    /** A name and a mask of as many bytes as count: with the NUL at its end, or without for {@code jc-+}. */
    private void name(List<RuleStep> steps, RuleStep.Property property, int at, boolean equal) {
        int length = 0;
        while (length < INTERFACE_BYTES && entries.get(at + 2 * INTERFACE_BYTES + length) != 0) {
            length++;
        }
        if (length > 0) {
            byte[] name = new byte[length];
            entries.get(at, name);
            steps.add(new RuleStep.Load(property, 0));
            steps.add(new RuleStep.Compare(0, ByteBuffer.wrap(name), equal));
        }
    }

    private Verdict verdict(int at) {
        int stored = entries.getInt(targetAt(at) + TARGET_HEADER);
        if (stored >= 0) {
            String chain = chains.getOrDefault(stored, "");
            int gotoFlag = layout.equals(Layout.IPV6) ? GOTO_V6 : GOTO_V4;
            return (entries.get(at + layout.flags()) & gotoFlag) != 0 ? Verdict.goTo(chain) : Verdict.jump(chain);
        }
        return switch (stored) {
            case STORED_ACCEPT -> Verdict.ACCEPT;
            case STORED_RETURN -> Verdict.RETURN;
            default -> Verdict.DROP;
        };
    }

    private String target(int at) {
        return string(targetAt(at) + TARGET_NAME_AT, TARGET_NAME_BYTES);
    }

    private int targetAt(int at) {
        return at + (entries.getShort(at + layout.targetOffset()) & 0xffff);
    }

    private int next(int at) {
        int length = entries.getShort(at + layout.targetOffset() + 2) & 0xffff;
        return length == 0 ? entries.capacity() : at + length;
    }

    private String string(int at, int bytes) {
        byte[] text = new byte[bytes];
        entries.get(at, text);
        int length = 0;
        while (length < bytes && text[length] != 0) {
            length++;
        }
        return new String(Arrays.copyOf(text, length), US_ASCII);
    }
}

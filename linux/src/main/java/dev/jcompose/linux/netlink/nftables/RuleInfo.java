package dev.jcompose.linux.netlink.nftables;

import dev.jcompose.linux.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A rule as {@code nft list ruleset} prints it.
 *
 * @param chain that it is in
 * @param steps from left to right
 */
public record RuleInfo(String chain, List<RuleStep> steps) {
    private static final int NFGENMSG_BYTES = 4;

    public RuleInfo {
        steps = List.copyOf(steps);
    }

    static RuleInfo of(NetlinkMessage message) {
        Map<Integer, ByteBuffer> attributes = message.attributes(NFGENMSG_BYTES);
        ByteBuffer none = ByteBuffer.allocate(0);
        List<RuleStep> steps = new ArrayList<>();
        NetlinkMessage.forEach(
                attributes.getOrDefault(NftMessages.NFTA_RULE_EXPRESSIONS, none),
                (type, element) -> steps.add(RuleStep.of(element)));
        return new RuleInfo(NetlinkMessage.string(attributes.getOrDefault(NftMessages.NFTA_RULE_CHAIN, none)), steps);
    }
}

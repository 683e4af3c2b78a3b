package dev.jcompose.linux.netlink.nftables;

import dev.jcompose.linux.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chain as {@code nft list chains} prints it. Chains of iptables-nft are among them, those of iptables-legacy are
 * not.
 *
 * @param family {@code ip}, {@code ip6}, {@code inet}, {@code bridge}, ...
 * @param hook null for a chain that only rules lead to
 * @param drops whether its policy is to drop
 */
public record ChainInfo(
        String family, String table, String name, @Nullable Hook hook, boolean drops) {
    private static final int NFGENMSG_BYTES = 4;
    private static final List<Integer> FAMILIES = List.of(1, 2, 3, 5, 7, 10);

    static ChainInfo of(NetlinkMessage message) {
        Map<Integer, ByteBuffer> attributes = message.attributes(NFGENMSG_BYTES);
        ByteBuffer none = ByteBuffer.allocate(0);
        ByteBuffer at = attributes.get(NftMessages.NFTA_CHAIN_HOOK);
        ByteBuffer policy = attributes.get(NftMessages.NFTA_CHAIN_POLICY);
        return new ChainInfo(
                family(message.payload().get(0)),
                NetlinkMessage.string(attributes.getOrDefault(NftMessages.NFTA_CHAIN_TABLE, none)),
                NetlinkMessage.string(attributes.getOrDefault(NftMessages.NFTA_CHAIN_NAME, none)),
                at == null ? null : hook(NetlinkMessage.attributes(at).get(NftMessages.NFTA_HOOK_HOOKNUM)),
                policy != null && bigEndian(policy) == Verdict.DROP.code());
    }

    private static @Nullable Hook hook(@Nullable ByteBuffer number) {
        return number == null ? null : Hook.of(bigEndian(number));
    }

    private static int bigEndian(ByteBuffer value) {
        return value.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0);
    }

    /** The number of its family. */
    int familyNumber() {
        for (int number : FAMILIES) {
            if (family(number).equals(family)) {
                return number;
            }
        }
        throw new IllegalStateException("no family " + family);
    }

    private static String family(int number) {
        return switch (number) {
            case 1 -> "inet";
            case 2 -> "ip";
            case 3 -> "arp";
            case 5 -> "netdev";
            case 7 -> "bridge";
            case 10 -> "ip6";
            default -> "family " + number;
        };
    }
}

package dev.jcompose.linux.netlink.nftables;

import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_APPEND;
import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_CREATE;
import static dev.jcompose.linux.netlink.NetlinkRequest.NLM_F_EXCL;
import static dev.jcompose.linux.netlink.nftables.NftMessages.message;
import static dev.jcompose.linux.netlink.nftables.NftMessages.nest;

import dev.jcompose.linux.netlink.NetlinkRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Changes to one table that the kernel makes all at once or not at all. Names of chains and sets are the caller's.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/nft.8.html">nft(8)</a>
 */
public final class NftBatch {
    private static final int ELEMENTS_PER_MESSAGE = 400;
    /** The note by which nft(8) knows that a key is not in network order; the kernel does not read it. */
    private static final byte[] HOST_ORDER = ByteBuffer.allocate(6)
            .order(ByteOrder.nativeOrder())
            .put((byte) 0)
            .put((byte) 4)
            .putInt(1)
            .array();

    private final Family family;
    private final String table;
    private final List<NetlinkRequest> requests = new ArrayList<>();
    private int sets;

    /** An empty batch for a table that need not exist yet. */
    public NftBatch(Family family, String table) {
        this.family = family;
        this.table = table;
    }

    /** Makes sure that the table exists. */
    public NftBatch addTable() {
        return add(
                NftMessages.NFT_MSG_NEWTABLE,
                NLM_F_CREATE,
                "add table " + where(),
                body -> body.string(NftMessages.NFTA_TABLE_NAME, table).be32(NftMessages.NFTA_TABLE_FLAGS, 0));
    }

    /** Removes the table with all that is in it; {@code ENOENT} when there is none. */
    public NftBatch deleteTable() {
        return add(
                NftMessages.NFT_MSG_DELTABLE,
                0,
                "delete table " + where(),
                body -> body.string(NftMessages.NFTA_TABLE_NAME, table));
    }

    /**
     * Adds a chain that the kernel asks at a hook; its policy is to accept.
     *
     * @param type {@code filter} or {@code nat}
     * @param priority one of {@link Hook}'s, or a number near it
     */
    public NftBatch addBaseChain(String chain, String type, Hook hook, int priority) {
        return add(
                NftMessages.NFT_MSG_NEWCHAIN,
                NLM_F_CREATE,
                "add chain %s %s { type %s hook %s priority %d; }"
                        .formatted(where(), chain, type, hook.name().toLowerCase(Locale.ROOT), priority),
                body -> {
                    body.string(NftMessages.NFTA_CHAIN_TABLE, table).string(NftMessages.NFTA_CHAIN_NAME, chain);
                    nest(
                            body,
                            NftMessages.NFTA_CHAIN_HOOK,
                            at -> at.be32(NftMessages.NFTA_HOOK_HOOKNUM, hook.number())
                                    .be32(NftMessages.NFTA_HOOK_PRIORITY, priority));
                    body.be32(NftMessages.NFTA_CHAIN_POLICY, Verdict.ACCEPT.code())
                            .string(NftMessages.NFTA_CHAIN_TYPE, type);
                });
    }

    /** Adds a chain that rules lead to. */
    public NftBatch addChain(String chain) {
        return add(
                NftMessages.NFT_MSG_NEWCHAIN,
                NLM_F_CREATE,
                "add chain " + where() + " " + chain,
                body -> body.string(NftMessages.NFTA_CHAIN_TABLE, table).string(NftMessages.NFTA_CHAIN_NAME, chain));
    }

    /** Adds a rule at the end of a chain. */
    public NftBatch addRule(String chain, Rule rule) {
        return add(
                NftMessages.NFT_MSG_NEWRULE,
                NLM_F_CREATE | NLM_F_APPEND,
                "add rule " + where() + " " + chain + " (" + rule + ")",
                body -> {
                    body.string(NftMessages.NFTA_RULE_TABLE, table).string(NftMessages.NFTA_RULE_CHAIN, chain);
                    rule.writeTo(body);
                });
    }

    /** Adds a set. */
    public NftBatch addSet(String set, KeyType keys) {
        return addSet(set, keys, 0, body -> {});
    }

    /** Adds a map. */
    public NftBatch addMap(String map, KeyType keys, KeyType values) {
        return addSet(
                map,
                keys,
                NftMessages.NFT_SET_MAP,
                body -> body.be32(NftMessages.NFTA_SET_DATA_TYPE, values.id())
                        .be32(NftMessages.NFTA_SET_DATA_LEN, values.bytes()));
    }

    /** Adds a verdict map. */
    public NftBatch addVerdictMap(String map, KeyType keys) {
        return addSet(
                map,
                keys,
                NftMessages.NFT_SET_MAP,
                body -> body.be32(NftMessages.NFTA_SET_DATA_TYPE, NftMessages.NFT_DATA_VERDICT));
    }

    /** Adds elements; {@code EEXIST} when there is one with the same key. */
    public NftBatch addElements(String set, List<SetElement> elements) {
        return elements(NftMessages.NFT_MSG_NEWSETELEM, NLM_F_CREATE | NLM_F_EXCL, "add", set, elements);
    }

    /** Removes elements; {@code ENOENT} when there is no such key. */
    public NftBatch deleteElements(String set, List<SetElement> elements) {
        return elements(NftMessages.NFT_MSG_DELSETELEM, 0, "delete", set, elements);
    }

    /** Adds what another batch changes, for one that changes two tables at once; the other must not be used further. */
    public NftBatch and(NftBatch other) {
        requests.addAll(other.requests);
        return this;
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return requests.isEmpty();
    }

    /** The changes between the marks that make them one. */
    List<NetlinkRequest> requests() {
        List<NetlinkRequest> all = new ArrayList<>(requests.size() + 2);
        all.add(NftMessages.batchMark(NftMessages.NFNL_MSG_BATCH_BEGIN));
        all.addAll(requests);
        all.add(NftMessages.batchMark(NftMessages.NFNL_MSG_BATCH_END));
        return all;
    }

    private NftBatch addSet(String set, KeyType keys, int flags, Consumer<NetlinkRequest> more) {
        int id = ++sets;
        return add(NftMessages.NFT_MSG_NEWSET, NLM_F_CREATE, "add set " + where() + " " + set, body -> {
            body.string(NftMessages.NFTA_SET_TABLE, table)
                    .string(NftMessages.NFTA_SET_NAME, set)
                    .be32(NftMessages.NFTA_SET_FLAGS, flags)
                    .be32(NftMessages.NFTA_SET_KEY_TYPE, keys.id())
                    .be32(NftMessages.NFTA_SET_KEY_LEN, keys.bytes());
            more.accept(body);
            body.be32(NftMessages.NFTA_SET_ID, id);
            if (keys.equals(KeyType.IFNAME)) {
                body.bytes(NftMessages.NFTA_SET_USERDATA, HOST_ORDER);
            }
        });
    }

    private NftBatch elements(int message, int flags, String verb, String set, List<SetElement> elements) {
        for (int from = 0; from < elements.size(); from += ELEMENTS_PER_MESSAGE) {
            List<SetElement> part = elements.subList(from, Math.min(from + ELEMENTS_PER_MESSAGE, elements.size()));
            add(message, flags, verb + " element " + where() + " " + set, body -> {
                body.string(NftMessages.NFTA_SET_ELEM_LIST_TABLE, table)
                        .string(NftMessages.NFTA_SET_ELEM_LIST_SET, set);
                nest(body, NftMessages.NFTA_SET_ELEM_LIST_ELEMENTS, list -> part.forEach(e -> e.writeTo(list)));
            });
        }
        return this;
    }

    private NftBatch add(int message, int flags, String words, Consumer<NetlinkRequest> body) {
        NetlinkRequest request = message(message, flags, family.number(), () -> "nft " + words);
        body.accept(request);
        requests.add(request);
        return this;
    }

    private String where() {
        return family + " " + table;
    }
}

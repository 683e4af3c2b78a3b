package dev.jcompose.linux.netlink.nftables;

import dev.jcompose.linux.netlink.NetlinkRequest;
import org.jspecify.annotations.Nullable;

/** An element of a set or a map; see {@link KeyType} for how keys are written. */
public final class SetElement {
    private final byte[] key;
    private final byte @Nullable [] value;
    private final @Nullable Verdict verdict;

    private SetElement(byte[] key, byte @Nullable [] value, @Nullable Verdict verdict) {
        this.key = key;
        this.value = value;
        this.verdict = verdict;
    }

    /** An element of a set; or of a map, when it is to be deleted. */
    public static SetElement of(byte[] key) {
        return new SetElement(key.clone(), null, null);
    }

    /** An element of a map. */
    public static SetElement of(byte[] key, byte[] value) {
        return new SetElement(key.clone(), value.clone(), null);
    }

    /** An element of a verdict map. */
    public static SetElement of(byte[] key, Verdict verdict) {
        return new SetElement(key.clone(), null, verdict);
    }

    void writeTo(NetlinkRequest list) {
        NftMessages.nest(list, NftMessages.NFTA_LIST_ELEM, element -> {
            NftMessages.value(element, NftMessages.NFTA_SET_ELEM_KEY, key);
            if (value != null) {
                NftMessages.value(element, NftMessages.NFTA_SET_ELEM_DATA, value);
            }
            if (verdict != null) {
                NftMessages.verdict(element, NftMessages.NFTA_SET_ELEM_DATA, verdict);
            }
        });
    }
}

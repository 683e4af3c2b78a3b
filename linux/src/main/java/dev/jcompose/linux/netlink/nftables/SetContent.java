package dev.jcompose.linux.netlink.nftables;

import dev.jcompose.linux.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of a set or a map, as {@code nft list set} prints them: single keys, and intervals of keys. */
public final class SetContent {
    private static final int NFGENMSG_BYTES = 4;

    private final List<Element> elements;
    private final boolean intervals;

    /**
     * @param end whether it is not an element itself: an interval ends before it
     * @param rest whether it stands for all keys that are not there
     * @param fields whether it stands for an interval of each of several fields
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by its content only
    private record Element(
            byte[] key,
            boolean end,
            boolean rest,
            boolean fields,
            @Nullable Verdict verdict) {}

    /**
     * What was found for a key.
     *
     * @param there whether it is in the set
     * @param verdict that a map has for it
     */
    public record Entry(boolean there, @Nullable Verdict verdict) {
        /** For a key that is not in the set. */
        public static final Entry NONE = new Entry(false, null);
    }

    private SetContent(List<Element> elements) {
        this.elements = elements;
        this.intervals = elements.stream().anyMatch(Element::end);
    }

    static SetContent of(List<NetlinkMessage> messages) {
        List<Element> elements = new ArrayList<>();
        ByteBuffer none = ByteBuffer.allocate(0);
        for (NetlinkMessage message : messages) {
            NetlinkMessage.forEach(
                    message.attributes(NFGENMSG_BYTES).getOrDefault(NftMessages.NFTA_SET_ELEM_LIST_ELEMENTS, none),
                    (type, element) -> elements.add(element(NetlinkMessage.attributes(element))));
        }
        // Where one interval ends and the next begins, the end comes first.
        elements.sort(
                Comparator.comparing(Element::key, Arrays::compareUnsigned).thenComparing(element -> !element.end()));
        return new SetContent(elements);
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return elements.stream().allMatch(Element::end);
    }

    /** How long its keys are; 0 when there are none. */
    public int keyBytes() {
        return elements.stream().mapToInt(element -> element.key().length).max().orElse(0);
    }

    /** Whether {@link #find} can tell what is in it: not when an interval is of several fields. */
    public boolean isKnown() {
        return elements.stream().noneMatch(Element::fields);
    }

    /** What there is for a key. */
    public Entry find(byte[] key) {
        Element found = null;
        Element rest = null;
        for (Element element : elements) {
            if (element.rest()) {
                rest = element;
            } else if (intervals && Arrays.compareUnsigned(element.key(), key) <= 0) {
                found = element.end() ? null : element;
            } else if (!intervals && Arrays.equals(element.key(), key)) {
                found = element;
            }
        }
        Element answer = found == null ? rest : found;
        return answer == null ? Entry.NONE : new Entry(true, answer.verdict());
    }

    private static Element element(Map<Integer, ByteBuffer> attributes) {
        ByteBuffer flags = attributes.get(NftMessages.NFTA_SET_ELEM_FLAGS);
        int bits = flags == null
                ? 0
                : flags.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0);
        ByteBuffer data = attributes.get(NftMessages.NFTA_SET_ELEM_DATA);
        ByteBuffer key = attributes.get(NftMessages.NFTA_SET_ELEM_KEY);
        ByteBuffer value = key == null ? null : NetlinkMessage.attributes(key).get(NftMessages.NFTA_DATA_VALUE);
        return new Element(
                value == null ? new byte[0] : NetlinkMessage.bytes(value),
                (bits & NftMessages.NFT_SET_ELEM_INTERVAL_END) != 0,
                (bits & NftMessages.NFT_SET_ELEM_CATCHALL) != 0,
                attributes.containsKey(NftMessages.NFTA_SET_ELEM_KEY_END),
                data == null ? null : Verdict.of(data));
    }
}

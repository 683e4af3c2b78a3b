package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names for stacks of layers.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid">OCI, layer ChainID</a>
 */
public final class ChainId {
    private ChainId() {}

    /** For each layer, bottom first, the name of the stack that it is the top of. */
    public static List<Digest> of(List<Digest> diffIds) {
        List<Digest> chain = new ArrayList<>();
        for (Digest diffId : diffIds) {
            chain.add(on(chain.isEmpty() ? null : chain.get(chain.size() - 1), diffId));
        }
        return chain;
    }

    /**
     * The name of a stack with one more layer.
     *
     * @param below the stack that the layer is put on; null for none
     */
    public static Digest on(@Nullable Digest below, Digest diffId) {
        return below == null ? diffId : Digest.ofText(below + " " + diffId);
    }
}

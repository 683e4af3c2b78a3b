package dev.jcompose.images.store;

import dev.jcompose.images.oci.Digest;
import java.util.ArrayList;
import java.util.List;

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
            chain.add(chain.isEmpty() ? diffId : Digest.ofText(chain.get(chain.size() - 1) + " " + diffId));
        }
        return chain;
    }
}

package dev.jcompose.images.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.images.oci.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainIdTest {
    private static final Digest A = Digest.ofText("a");
    private static final Digest B = Digest.ofText("b");
    private static final Digest C = Digest.ofText("c");

    @Test
    void theLowestLayerIsItsOwnChain() {
        assertThat(ChainId.of(List.of(A))).containsExactly(A);
    }

    @Test
    void eachFurtherLayerHashesTheChainBelowItAndItself() {
        Digest ab = Digest.ofText(A + " " + B);
        assertThat(ChainId.of(List.of(A, B, C))).containsExactly(A, ab, Digest.ofText(ab + " " + C));
    }

    @Test
    void theSameLayerOnAnotherOneIsAnotherChain() {
        assertThat(ChainId.of(List.of(A, C)).get(1))
                .isNotEqualTo(ChainId.of(List.of(B, C)).get(1));
    }
}

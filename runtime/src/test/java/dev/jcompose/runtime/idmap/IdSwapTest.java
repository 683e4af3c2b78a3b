package dev.jcompose.runtime.idmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdSwapTest {
    @Test
    void twoIdsTakeEachOthersPlaceAndAllOthersStay() {
        assertThat(new IdSwap(1000, 70).map())
                .isEqualTo("0 0 70\n70 1000 1\n71 71 929\n1000 70 1\n1001 1001 4294966294\n")
                .isEqualTo(new IdSwap(70, 1000).map());
    }

    @Test
    void rootAndNeighboursHaveNoEmptyRanges() {
        assertThat(new IdSwap(0, 1).map()).isEqualTo("0 1 1\n1 0 1\n2 2 4294967293\n");
    }

    @Test
    void theSameIdLeavesAllAsItIs() {
        assertThat(new IdSwap(5, 5).map()).isEqualTo("0 0 4294967295\n");
    }

    @Test
    void noIdIsNegative() {
        assertThatThrownBy(() -> new IdSwap(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

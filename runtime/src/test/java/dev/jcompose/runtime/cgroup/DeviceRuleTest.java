package dev.jcompose.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"c 1:3 rwm", "b 8:* r", "a *:* rwm", "c *:229 mw"})
    void printsWhatItReads(String rule) {
        assertThat(DeviceRule.parse(rule)).hasToString(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c 1:3", "x 1:3 rwm", "c 1:3 rwx", "c 1:3 rr", "c -1:3 r", "c 1:3 rwm "})
    void refusesAnythingElse(String rule) {
        assertThatThrownBy(() -> DeviceRule.parse(rule)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void version1MustNotTakeARuleForBothKindsAsEverything() {
        assertThat(DeviceRule.parse("a 7:* r").v1Lines()).containsExactly("c 7:* r", "b 7:* r");
        assertThat(DeviceRule.EVERYTHING.v1Lines()).containsExactly("a *:* rwm");
    }

    @Test
    void theProgramComparesTypeNumbersAndAccess() {
        String begin = "6112000000000000" // r2 = context.access_type
                + "bc23000000000000" // r3 = r2
                + "54020000ffff0000" // r2 &= 0xffff: the type
                + "7403000010000000" // r3 >>= 16: the access
                + "6114040000000000" // r4 = context.major
                + "6115080000000000"; // r5 = context.minor
        assertThat(assemble("c 1:3 rwm"))
                .isEqualTo(begin
                        + "5602040002000000" // if r2 != character goto +4
                        + "5604030001000000" // if r4 != 1 goto +3
                        + "5605020003000000" // if r5 != 3 goto +2
                        + "b400000001000000" + "9500000000000000" // return 1
                        + "b400000000000000" + "9500000000000000"); // return 0
        assertThat(assemble("b 8:* r"))
                .isEqualTo(begin
                        + "5602060001000000" // if r2 != block goto +6
                        + "bc31000000000000" // r1 = r3
                        + "5401000002000000" // r1 &= read
                        + "5e31030000000000" // if r1 != r3 goto +3
                        + "5604020008000000" // if r4 != 8 goto +2
                        + "b400000001000000" + "9500000000000000"
                        + "b400000000000000" + "9500000000000000");
        assertThat(assemble("a *:* rwm")).isEqualTo(begin + "b400000001000000" + "9500000000000000");
    }

    private static String assemble(String rule) {
        return HexFormat.of().formatHex(DeviceProgram.assemble(List.of(DeviceRule.parse(rule))));
    }
}

package dev.jcompose.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Errno;
import dev.jcompose.runtime.seccomp.ArgumentTest.IntRange;
import dev.jcompose.runtime.seccomp.ArgumentTest.MaskedEqual;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FilterCompilerTest {
    private static final int ARCH = 0xc000003e;
    private static final int ALLOW = 0x7fff0000;
    private static final int EPERM = 0x00050001;

    private static SeccompFilter compile(Map<Integer, Decision> decisions) {
        TreeMap<Integer, Decision> numbers = new TreeMap<>(Integer::compareUnsigned);
        numbers.putAll(decisions);
        return FilterCompiler.compile(Map.of(ARCH, numbers));
    }

    @Test
    void oneAllowedCallIsThisProgram() {
        assertThat(HexFormat.of().formatHex(compile(Map.of(1, Decision.ALLOW)).toBytes()))
                .isEqualTo(
                        "2000000004000000" // load arch
                                + "150001003e0000c0" // if x86-64 skip 1
                                + "0500000006000000" // skip 6
                                + "2000000000000000" // load number
                                + "3500010001000000" // if number >= 1 skip 1
                                + "0600000026000500" // return ENOSYS
                                + "3500010002000000" // if number >= 2 skip 1
                                + "060000000000ff7f" // return allow
                                + "0600000026000500" // return ENOSYS
                                + "0600000000000080"); // return kill
    }

    @Test
    void allSixtyFourBitsOfAnArgumentCanBeTested() {
        Decision decision = new Decision.AllowIf(
                List.of(new MaskedEqual(5, 0xff00_0000_0000_00ffL, 0x1200_0000_0000_0034L), new MaskedEqual(0, 3, 1)));
        BpfInterpreter program = new BpfInterpreter(compile(Map.of(7, decision)));
        assertThat(program.run(ARCH, 7, 0, 0, 0, 0, 0, 0x12ab_cdef_0000_0034L)).isEqualTo(ALLOW);
        assertThat(program.run(ARCH, 7, 0, 0, 0, 0, 0, 0x02ab_cdef_0000_0034L)).isEqualTo(EPERM);
        assertThat(program.run(ARCH, 7, 0, 0, 0, 0, 0, 0x12ab_cdef_0000_0035L)).isEqualTo(EPERM);
        assertThat(program.run(ARCH, 7, 5, 0, 0, 0, 0, 0)).isEqualTo(ALLOW);
    }

    @Test
    void rangesOfIntegersAreUnsignedAndWithTheirEnds() {
        Decision decision = new Decision.AllowIf(List.of(new IntRange(1, 3, 5), new IntRange(1, -2, -1)));
        BpfInterpreter program = new BpfInterpreter(compile(Map.of(7, decision)));
        for (long allowed : new long[] {3, 4, 5, 0xffff_fffeL, -1}) {
            assertThat(program.run(ARCH, 7, 0, allowed)).as("" + allowed).isEqualTo(ALLOW);
        }
        for (long refused : new long[] {0, 2, 6, 0xffff_fffdL}) {
            assertThat(program.run(ARCH, 7, 0, refused)).as("" + refused).isEqualTo(EPERM);
        }
    }

    @Test
    void jumpsOverLargeBlocksAreLong() {
        TreeMap<Integer, Decision> numbers = new TreeMap<>();
        for (int number = 0; number < 600; number++) {
            numbers.put(2 * number, number % 2 == 0 ? Decision.ALLOW : new Decision.Fail(Errno.EPERM));
        }
        BpfInterpreter program = new BpfInterpreter(compile(numbers));
        for (int number = 0; number < 600; number++) {
            assertThat(program.run(ARCH, 2 * number)).isEqualTo(number % 2 == 0 ? ALLOW : EPERM);
            assertThat(program.run(ARCH, 2 * number + 1)).isEqualTo(0x00050026);
        }
    }

    @Test
    void aProgramThatTheKernelWouldNotTakeIsRefused() {
        TreeMap<Integer, Decision> numbers = new TreeMap<>();
        for (int number = 0; number < 2000; number++) {
            numbers.put(3 * number, Decision.ALLOW);
        }
        assertThatThrownBy(() -> compile(numbers))
                .hasMessageMatching("filter of \\d+ instructions is longer than 4096");
    }
}

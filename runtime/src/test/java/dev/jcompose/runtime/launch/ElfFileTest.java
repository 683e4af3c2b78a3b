package dev.jcompose.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Syscall;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ElfFileTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void theHeadersAreThoseOfAStaticExecutableWithTwoSegments() {
        byte[] file = ElfFile.write(Arch.AARCH64, new byte[0x30], 0x10);

        assertThat(HEX.formatHex(Arrays.copyOf(file, 232)))
                .isEqualTo(
                        "7f454c46020101000000000000000000" // magic, 64 bits, little-endian
                                + "0200b70001000000" + "e800400000000000" // ET_EXEC, EM_AARCH64, entry point 0x4000e8
                                + "4000000000000000" + "0000000000000000" // program headers at 64, no sections
                                + "00000000" + "4000" + "3800" + "0300" + "0000" + "0000" + "0000"
                                + "01000000" + "05000000" + "0000000000000000" // PT_LOAD, R+X, from the file's begin
                                + "0000400000000000" + "0000400000000000"
                                + "0002000000000000" + "0002000000000000" + "0000010000000000"
                                + "01000000" + "06000000" + "0004000000000000" // PT_LOAD, R+W, from the table on
                                + "0004410000000000" + "0004410000000000"
                                + "3000000000000000" + "4000000000000000" + "0000010000000000"
                                + "51e57464" + "06000000" + "0000000000000000" // PT_GNU_STACK, not executable
                                + "0000000000000000" + "0000000000000000"
                                + "0000000000000000" + "0000000000000000" + "0000010000000000");
        assertThat(file).hasSize(0x430);
    }

    @Test
    void anEntryHoldsNumberArgumentsAndWhereTheResultGoes() {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.X86_64);
        builder.call(
                Syscall.FCHDIR,
                builder.tryCall(Syscall.OPENAT, Argument.number(-100), builder.string("x"), Argument.number(0x200000)));

        byte[] file = builder.build().executable();

        String tail = HEX.formatHex(Arrays.copyOfRange(file, Interpreter.TABLE_OFFSET, file.length));
        assertThat(tail)
                .isEqualTo(
                        "0101000000000000" // openat
                                + "9cffffffffffffff" + "f004410000000000" + "0000200000000000" // AT_FDCWD, "x", O_PATH
                                + "0000000000000000".repeat(3)
                                + "f804410000000000" + "0100000000000000" + "0000000000000000" // out, may fail, result
                                + "5100000000000000" // fchdir
                                + "ffffffffffffffff" + "0000000000000000".repeat(5) // its argument is filled in
                                + "0000000000000000" + "0000000001000000" + "0000000000000000" // entry 1
                                + "ffffffffffffffff" + "0000000000000000".repeat(9) // the end
                                + "7800000000000000" // "x", and padding
                                + "5804410000000000" + "0000000000000000"); // the list of places for the result
    }
}

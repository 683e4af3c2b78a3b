package dev.jcompose.runtime.launch;

import dev.jcompose.linux.Arch;
import java.util.HexFormat;

/**
 * The machine code that walks a launch program's table. Its source, and the form of an entry, is in
 * {@code src/main/asm}; a test assembles that and compares.
 */
final class Interpreter {
    /** Address of the file's first byte, and of the read-only segment. */
    static final long TEXT_ADDRESS = 0x400000;

    /**
     * Address at which the file's first byte would be in the writable segment: another page, whatever a page's size.
     */
    static final long DATA_ADDRESS = 0x410000;

    /** Where the table begins in the file. */
    static final int TABLE_OFFSET = 0x400;

    static final int ENTRY_BYTES = 80;
    static final int ARGUMENTS = 6;
    static final int ARGUMENT_OFFSET = 8;
    static final int LAST_ARGUMENT_OFFSET = 48;
    static final int FLAGS_OFFSET = 64;
    static final int RESULT_OFFSET = 72;

    static final int FLAG_MAY_FAIL = 1;
    static final int FLAG_FORK = 2;
    static final int FLAG_ZERO_FAILS = 4;

    /** The descriptor that failures are written to. */
    static final int REPORT_FD = 3;

    private static final String X86_64 = "bb00044100488b034885c0787c488b7b08488b7310488b53184c8b53204c8b43"
            + "284c8b4b300f0548894348488b4b404885c07835488b53384885d27411488b32"
            + "4885f674094889064883c208ebef4885c0740bf6c102740b488b5b30eba7f6c1"
            + "04750b4883c350eb9cf6c10175f5b801000000bf030000004889deba50000000"
            + "0f05bf01000000eb0748ffc0750931ffb83c0000000f05488b5b086a006affb8"
            + "800000004889e731f631d241ba080000000f0585c078e883f811740d89c689df"
            + "b83e0000000f05ebd6b83d00000048c7c7ffffffff488d742408ba0100000045"
            + "31d20f0585c07eb739d875dd8b7c240889f8c1ef0883e07f74968db880000000"
            + "eb8e";

    private static final String AARCH64 = "138080d23308a0f2680240f9a803f8b7608640a9628e41a9649642a9010000d4"
            + "602600f9742240f9c001f8b7751e40f9b50000b4b68640f8760000b4c00200f9"
            + "fdffff17800000b494000836731a40f9eeffff179400103773420191ebffff17"
            + "d4ff0737080880d2600080d2e10313aa020a80d2010000d4200080d204000014"
            + "080500b181000054000080d2a80b80d2010000d4740640f900008092e00f1ff8"
            + "281180d2e0030091010080d2020080d2030180d2010000d440ffffb71f4400f1"
            + "c0000054e10300aae00314aa281080d2010000d4f3ffff17882080d200008092"
            + "e1230091220080d2030080d2010000d41f0000f16dfdff541f0014ebe1feff54"
            + "e00b40b901180072007c085300fcff5420000211deffff17";

    private Interpreter() {}

    /** The code, which may lie anywhere in the read-only segment. */
    static byte[] code(Arch arch) {
        return HexFormat.of().parseHex(arch == Arch.X86_64 ? X86_64 : AARCH64);
    }

    /** Address of table entry {@code index}. */
    static long entryAddress(int index) {
        return DATA_ADDRESS + TABLE_OFFSET + (long) index * ENTRY_BYTES;
    }
}

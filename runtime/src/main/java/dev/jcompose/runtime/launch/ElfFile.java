package dev.jcompose.runtime.launch;

import dev.jcompose.linux.Arch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a static executable of two segments that share the file: the interpreter, readable and executable, and the
 * table with its data, readable and writable. The segments overlap in the file by less than a page, as linkers do it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
final class ElfFile {
    private static final int HEADER_BYTES = 64;
    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int SEGMENTS = 3;
    private static final int CODE_OFFSET = HEADER_BYTES + SEGMENTS * PROGRAM_HEADER_BYTES;

    private static final short ET_EXEC = 2;
    private static final int PT_LOAD = 1;
    private static final int PT_GNU_STACK = 0x6474e551;
    private static final int PF_X = 1;
    private static final int PF_W = 2;
    private static final int PF_R = 4;

    /** The largest page that the kernel may use on these architectures. */
    private static final long ALIGNMENT = 0x10000;

    private ElfFile() {}

    /**
     * The whole file.
     *
     * @param table what lies from {@link Interpreter#TABLE_OFFSET} on
     * @param zeroBytes memory after it that begins as zeros and takes no room in the file
     */
    static byte[] write(Arch arch, byte[] table, int zeroBytes) {
        byte[] code = Interpreter.code(arch);
        ByteBuffer file =
                ByteBuffer.allocate(Interpreter.TABLE_OFFSET + table.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        file.putShort(ET_EXEC).putShort((short) arch.elfMachine()).putInt(1);
        file.putLong(Interpreter.TEXT_ADDRESS + CODE_OFFSET); // entry point
        file.putLong(HEADER_BYTES).putLong(0); // program headers, no sections
        file.putInt(0).putShort((short) HEADER_BYTES);
        file.putShort((short) PROGRAM_HEADER_BYTES).putShort((short) SEGMENTS);
        file.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        segment(file, PT_LOAD, PF_R | PF_X, 0, Interpreter.TEXT_ADDRESS, CODE_OFFSET + code.length, 0);
        segment(
                file,
                PT_LOAD,
                PF_R | PF_W,
                Interpreter.TABLE_OFFSET,
                Interpreter.DATA_ADDRESS + Interpreter.TABLE_OFFSET,
                table.length,
                zeroBytes);
        segment(file, PT_GNU_STACK, PF_R | PF_W, 0, 0, 0, 0);
        file.put(code);
        file.put(Interpreter.TABLE_OFFSET, table);
        return file.array();
    }

    private static void segment(
            ByteBuffer file, int type, int flags, long offset, long address, long fileBytes, long zeroBytes) {
        file.putInt(type).putInt(flags).putLong(offset);
        file.putLong(address).putLong(address); // virtual, physical
        file.putLong(fileBytes).putLong(fileBytes + zeroBytes).putLong(ALIGNMENT);
    }
}

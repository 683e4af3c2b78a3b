package dev.jcompose.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter's bytes as the kernel does, on one {@code struct seccomp_data}. */
final class BpfInterpreter {
    private final ByteBuffer program;

    /** How many instructions the last run took. */
    private int steps;

    BpfInterpreter(SeccompFilter filter) {
        program = ByteBuffer.wrap(filter.toBytes()).order(ByteOrder.nativeOrder());
    }

    int run(int auditArch, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
        data.putInt(0, number).putInt(4, auditArch);
        for (int i = 0; i < arguments.length; i++) {
            data.putLong(16 + 8 * i, arguments[i]);
        }
        int accumulator = 0;
        steps = 0;
        for (int at = 0; ; at++) {
            steps++;
            int code = program.getShort(8 * at);
            int jumpTrue = program.get(8 * at + 2) & 0xff;
            int jumpFalse = program.get(8 * at + 3) & 0xff;
            int k = program.getInt(8 * at + 4);
            switch (code) {
                case 0x20 -> accumulator = data.getInt(k);
                case 0x54 -> accumulator &= k;
                case 0x05 -> at += k;
                case 0x15 -> at += accumulator == k ? jumpTrue : jumpFalse;
                case 0x25 -> at += Integer.compareUnsigned(accumulator, k) > 0 ? jumpTrue : jumpFalse;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, k) >= 0 ? jumpTrue : jumpFalse;
                case 0x06 -> {
                    return k;
                }
                default -> throw new AssertionError("instruction 0x%x at %d".formatted(code, at));
            }
        }
    }

    int steps() {
        return steps;
    }
}

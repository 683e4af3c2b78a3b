package dev.jcompose.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A compiled filter: what {@code struct sock_fprog.filter} points to. Immutable. */
public final class SeccompFilter {
    /** {@code BPF_MAXINSNS}: the kernel takes no longer program. */
    public static final int MOST_INSTRUCTIONS = 4096;

    private final List<BpfInstruction> instructions;

    SeccompFilter(List<BpfInstruction> instructions) {
        if (instructions.size() > MOST_INSTRUCTIONS) {
            throw new IllegalStateException(
                    "filter of %d instructions is longer than %d".formatted(instructions.size(), MOST_INSTRUCTIONS));
        }
        this.instructions = List.copyOf(instructions);
    }

    /** The number of instructions: {@code sock_fprog.len}. */
    public int length() {
        return instructions.size();
    }

    /** The instructions as the kernel reads them: {@code struct sock_filter[]}, 8 bytes each. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(length() * BpfInstruction.BYTES).order(ByteOrder.nativeOrder());
        instructions.forEach(instruction -> instruction.writeTo(bytes));
        return bytes.array();
    }

    List<BpfInstruction> instructions() {
        return instructions;
    }
}

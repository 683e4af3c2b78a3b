package dev.jcompose.runtime.seccomp;

import java.nio.ByteBuffer;

/**
 * One instruction of classic BPF, {@code struct sock_filter}. Jumps go forward, past so many instructions.
 *
 * @param code the operation
 * @param jumpTrue how many instructions to skip when a comparison holds, 0 to 255
 * @param jumpFalse how many when it does not
 * @param operand constant, offset or distance
 * @see <a href="https://docs.kernel.org/networking/filter.html">BPF of the kernel</a>
 */
record BpfInstruction(int code, int jumpTrue, int jumpFalse, int operand) {
    static final int BYTES = 8;
    static final int LOAD_WORD = 0x20;
    static final int AND = 0x54;
    static final int JUMP = 0x05;
    static final int JUMP_IF_EQUAL = 0x15;
    static final int JUMP_IF_GREATER = 0x25;
    static final int JUMP_IF_AT_LEAST = 0x35;
    static final int RETURN = 0x06;
    static final int LONGEST_CONDITIONAL_JUMP = 255;

    BpfInstruction {
        if (jumpTrue < 0
                || jumpFalse < 0
                || jumpTrue > LONGEST_CONDITIONAL_JUMP
                || jumpFalse > LONGEST_CONDITIONAL_JUMP) {
            throw new IllegalArgumentException("jump by %d or %d is too long".formatted(jumpTrue, jumpFalse));
        }
    }

    /** Loads 32 bits of {@code struct seccomp_data} into the accumulator. */
    static BpfInstruction load(int offset) {
        return new BpfInstruction(LOAD_WORD, 0, 0, offset);
    }

    static BpfInstruction and(int mask) {
        return new BpfInstruction(AND, 0, 0, mask);
    }

    static BpfInstruction jump(int distance) {
        return new BpfInstruction(JUMP, 0, 0, distance);
    }

    static BpfInstruction ifEqual(int value, int jumpTrue, int jumpFalse) {
        return new BpfInstruction(JUMP_IF_EQUAL, jumpTrue, jumpFalse, value);
    }

    static BpfInstruction ifGreater(int value, int jumpTrue, int jumpFalse) {
        return new BpfInstruction(JUMP_IF_GREATER, jumpTrue, jumpFalse, value);
    }

    static BpfInstruction ifAtLeast(int value, int jumpTrue, int jumpFalse) {
        return new BpfInstruction(JUMP_IF_AT_LEAST, jumpTrue, jumpFalse, value);
    }

    static BpfInstruction returning(int action) {
        return new BpfInstruction(RETURN, 0, 0, action);
    }

    void writeTo(ByteBuffer buffer) {
        buffer.putShort((short) code).put((byte) jumpTrue).put((byte) jumpFalse).putInt(operand);
    }
}

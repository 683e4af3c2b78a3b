package dev.jcompose.runtime.cgroup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Assembles device rules into the eBPF program that version 2 asks for every use of a device node. Its context is
 * {@code struct bpf_cgroup_dev_ctx}: access and type in one word, major, minor. The result 1 allows.
 *
 * <pre>
 *     r2 = type; r3 = access; r4 = major; r5 = minor
 *     per rule, the last first:  if it does not match, skip;  r0 = allow;  exit
 *     r0 = 0; exit
 * </pre>
 *
 * @see <a href="https://docs.kernel.org/bpf/standardization/instruction-set.html">BPF instruction set</a>
 */
final class DeviceProgram {
    private static final int INSTRUCTION_BYTES = 8;
    private static final int LONGEST_RULE = 8;

    private static final int LOAD_WORD = 0x61;
    private static final int AND_32 = 0x54;
    private static final int SHIFT_RIGHT_32 = 0x74;
    private static final int MOVE_32 = 0xb4;
    private static final int MOVE_REGISTER_32 = 0xbc;
    private static final int IF_NOT_EQUAL_32 = 0x56;
    private static final int IF_EQUAL_32 = 0x16;
    private static final int IF_NOT_EQUAL_REGISTER_32 = 0x5e;
    private static final int EXIT = 0x95;

    private static final int BPF_DEVCG_DEV_BLOCK = 1;
    private static final int BPF_DEVCG_DEV_CHAR = 2;
    private static final int BPF_DEVCG_ACC_MKNOD = 1;
    private static final int BPF_DEVCG_ACC_READ = 2;
    private static final int BPF_DEVCG_ACC_WRITE = 4;

    private final ByteBuffer code;

    private DeviceProgram(int rules) {
        code = ByteBuffer.allocate(INSTRUCTION_BYTES * (8 + rules * LONGEST_RULE))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The instructions, 8 bytes each. */
    static byte[] assemble(List<DeviceRule> rules) {
        DeviceProgram program = new DeviceProgram(rules.size());
        program.emit(LOAD_WORD, 2, 1, 0, 0);
        program.emit(MOVE_REGISTER_32, 3, 2, 0, 0);
        program.emit(AND_32, 2, 0, 0, 0xffff);
        program.emit(SHIFT_RIGHT_32, 3, 0, 0, 16);
        program.emit(LOAD_WORD, 4, 1, 4, 0);
        program.emit(LOAD_WORD, 5, 1, 8, 0);
        int last = rules.size() - 1;
        while (last >= 0 && !rules.get(last).matchesEverything()) {
            program.rule(rules.get(last--));
        }
        // The verifier refuses instructions that nothing reaches: no rule is needed before one that always matches.
        program.result(last >= 0 && rules.get(last).allow());
        byte[] bytes = new byte[program.code.position()];
        program.code.get(0, bytes);
        return bytes;
    }

    private void rule(DeviceRule rule) {
        int access = mask(rule.access());
        boolean anyAccess = access == mask("rwm");
        // How many instructions the rule still has after the one that is being emitted.
        int rest = 2
                + (rule.minor() == DeviceRule.ANY ? 0 : 1)
                + (rule.major() == DeviceRule.ANY ? 0 : 1)
                + (anyAccess ? 0 : 3);
        if (rule.type() != DeviceRule.Type.ALL) {
            int type = rule.type() == DeviceRule.Type.BLOCK ? BPF_DEVCG_DEV_BLOCK : BPF_DEVCG_DEV_CHAR;
            emit(IF_NOT_EQUAL_32, 2, 0, rest, type);
        }
        if (!anyAccess) {
            emit(MOVE_REGISTER_32, 1, 3, 0, 0);
            emit(AND_32, 1, 0, 0, access);
            rest -= 3;
            if (rule.allow()) {
                // All of what is wanted must be allowed.
                emit(IF_NOT_EQUAL_REGISTER_32, 1, 3, rest, 0);
            } else {
                // Any of what is wanted may be refused.
                emit(IF_EQUAL_32, 1, 0, rest, 0);
            }
        }
        if (rule.major() != DeviceRule.ANY) {
            emit(IF_NOT_EQUAL_32, 4, 0, --rest, rule.major());
        }
        if (rule.minor() != DeviceRule.ANY) {
            emit(IF_NOT_EQUAL_32, 5, 0, --rest, rule.minor());
        }
        result(rule.allow());
    }

    private void result(boolean allow) {
        emit(MOVE_32, 0, 0, 0, allow ? 1 : 0);
        emit(EXIT, 0, 0, 0, 0);
    }

    private void emit(int opcode, int destination, int source, int offset, int immediate) {
        code.put((byte) opcode)
                .put((byte) (source << 4 | destination))
                .putShort((short) offset)
                .putInt(immediate);
    }

    private static int mask(String access) {
        return (access.contains("r") ? BPF_DEVCG_ACC_READ : 0)
                | (access.contains("w") ? BPF_DEVCG_ACC_WRITE : 0)
                | (access.contains("m") ? BPF_DEVCG_ACC_MKNOD : 0);
    }
}

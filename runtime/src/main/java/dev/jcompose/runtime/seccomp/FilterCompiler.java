package dev.jcompose.runtime.seccomp;

import static dev.jcompose.runtime.seccomp.BpfInstruction.and;
import static dev.jcompose.runtime.seccomp.BpfInstruction.ifAtLeast;
import static dev.jcompose.runtime.seccomp.BpfInstruction.ifEqual;
import static dev.jcompose.runtime.seccomp.BpfInstruction.ifGreater;
import static dev.jcompose.runtime.seccomp.BpfInstruction.jump;
import static dev.jcompose.runtime.seccomp.BpfInstruction.load;
import static dev.jcompose.runtime.seccomp.BpfInstruction.returning;

import dev.jcompose.linux.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Compiles decisions to BPF. The program looks at the architecture, then finds the call's number by binary search over
 * ranges of numbers that are decided alike. Only calls whose arguments matter load arguments: so the kernel sees by
 * itself which calls are always allowed, and does not run the program for them.
 *
 * <p>Blocks of code end with a return on every way, and only jump inside themselves: they are put together in any
 * order.
 */
final class FilterCompiler {
    private static final int SECCOMP_RET_KILL_PROCESS = 0x8000_0000;
    private static final int SECCOMP_RET_ERRNO = 0x0005_0000;
    private static final int SECCOMP_RET_ALLOW = 0x7fff_0000;

    private static final int OFFSET_NUMBER = 0;
    private static final int OFFSET_ARCH = 4;
    private static final int OFFSET_ARGUMENTS = 16;

    private FilterCompiler() {}

    /**
     * Compiles a filter. A number without a decision fails with {@code ENOSYS}; an architecture that is not in the map
     * kills the process, since no program of this machine can have it.
     *
     * @param decisions by audit architecture, in the order to ask for them, then by number, in unsigned order
     */
    static SeccompFilter compile(Map<Integer, NavigableMap<Integer, Decision>> decisions) {
        List<BpfInstruction> program = new ArrayList<>();
        program.add(load(OFFSET_ARCH));
        for (Map.Entry<Integer, NavigableMap<Integer, Decision>> arch : decisions.entrySet()) {
            List<BpfInstruction> block = new ArrayList<>();
            block.add(load(OFFSET_NUMBER));
            block.addAll(search(ranges(arch.getValue())));
            program.add(ifEqual(arch.getKey(), 1, 0));
            program.add(jump(block.size()));
            program.addAll(block);
        }
        program.add(returning(SECCOMP_RET_KILL_PROCESS));
        return new SeccompFilter(program);
    }

    /** Numbers from {@code first} up to the next range. */
    private record Range(int first, Decision decision) {}

    private static List<Range> ranges(NavigableMap<Integer, Decision> decisions) {
        Decision unknown = new Decision.Fail(Errno.ENOSYS);
        NavigableMap<Integer, Decision> starts = new TreeMap<>(Integer::compareUnsigned);
        starts.put(0, unknown);
        decisions.forEach((number, decision) -> {
            starts.put(number, decision);
            starts.putIfAbsent(number + 1, decisions.getOrDefault(number + 1, unknown));
        });
        List<Range> ranges = new ArrayList<>();
        starts.forEach((first, decision) -> {
            if (ranges.isEmpty() || !ranges.get(ranges.size() - 1).decision().equals(decision)) {
                ranges.add(new Range(first, decision));
            }
        });
        return ranges;
    }

    private static List<BpfInstruction> search(List<Range> ranges) {
        if (ranges.size() == 1) {
            return block(ranges.get(0).decision());
        }
        int middle = ranges.size() / 2;
        List<BpfInstruction> below = search(ranges.subList(0, middle));
        List<BpfInstruction> above = search(ranges.subList(middle, ranges.size()));
        int pivot = ranges.get(middle).first();
        List<BpfInstruction> code = new ArrayList<>();
        if (below.size() <= BpfInstruction.LONGEST_CONDITIONAL_JUMP) {
            code.add(ifAtLeast(pivot, below.size(), 0));
        } else {
            code.add(ifAtLeast(pivot, 0, 1));
            code.add(jump(below.size()));
        }
        code.addAll(below);
        code.addAll(above);
        return code;
    }

    private static List<BpfInstruction> block(Decision decision) {
        if (decision instanceof Decision.Fail fail) {
            return List.of(failing(fail.errno()));
        }
        if (decision instanceof Decision.AllowIf conditional) {
            List<BpfInstruction> code = new ArrayList<>();
            conditional.anyOf().forEach(test -> code.addAll(allowing(test)));
            code.add(failing(Errno.EPERM));
            return code;
        }
        return List.of(returning(SECCOMP_RET_ALLOW));
    }

    /** Returns "allow" when the test holds, else falls out at the end. */
    private static List<BpfInstruction> allowing(ArgumentTest test) {
        // Both architectures are little-endian: the low half comes first.
        int low = OFFSET_ARGUMENTS + Long.BYTES * test.index();
        if (test instanceof ArgumentTest.IntRange range) {
            return range.low() == range.high()
                    ? List.of(load(low), ifEqual(range.low(), 0, 1), returning(SECCOMP_RET_ALLOW))
                    : List.of(
                            load(low),
                            ifAtLeast(range.low(), 0, 2),
                            ifGreater(range.high(), 1, 0),
                            returning(SECCOMP_RET_ALLOW));
        }
        ArgumentTest.MaskedEqual masked = (ArgumentTest.MaskedEqual) test;
        List<BpfInstruction> code = new ArrayList<>();
        int highMask = (int) (masked.mask() >>> 32);
        if (highMask != 0) {
            code.add(load(low + Integer.BYTES));
            code.add(and(highMask));
            code.add(ifEqual((int) (masked.value() >>> 32), 0, 4));
        }
        code.add(load(low));
        code.add(and((int) masked.mask()));
        code.add(ifEqual((int) masked.value(), 0, 1));
        code.add(returning(SECCOMP_RET_ALLOW));
        return code;
    }

    private static BpfInstruction failing(Errno errno) {
        return returning(SECCOMP_RET_ERRNO | errno.number());
    }
}

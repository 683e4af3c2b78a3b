package dev.jcompose.runtime.launch;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the calls of a launch program, in order. {@link LaunchCalls} has a method per system call over this.
 *
 * <p>The only branches are forks: after {@link #fork} come the child's calls; the parent's are in a list of its own.
 */
public final class LaunchProgramBuilder {
    private static final long END = -1;
    private static final long BECOME_INIT = -2;
    private static final long NO_RESULT_YET = -1;

    private final Arch arch;
    private final DataSection data = new DataSection();
    private final List<Call> calls = new ArrayList<>();
    private final List<Integer> main = new ArrayList<>();
    private final List<Fork> forks = new ArrayList<>();
    private final List<FieldUse> fieldUses = new ArrayList<>();
    private List<Integer> side = main;
    private String purpose = "begin";

    /**
     * @param pid the call that forks
     * @param parent what the parent does then
     * @param init whether it becomes the child's init process in the end
     */
    private record Fork(Argument.Result pid, List<Integer> parent, boolean init) {}

    private record FieldUse(Argument.Result result, Argument.Data structure, int offset) {}

    /** Begins an empty program for {@code arch}. */
    public LaunchProgramBuilder(Arch arch) {
        this.arch = arch;
    }

    /** The architecture, for constants that differ. */
    public Arch arch() {
        return arch;
    }

    /** Says what the following calls are for: error messages begin with it. */
    public void purpose(String text) {
        purpose = text;
    }

    /** A NUL-terminated string; equal ones are stored once. */
    public Argument.Data string(String value) {
        return data.string(value);
    }

    /** A structure, with how to name it in error messages. */
    public Argument.Data bytes(byte[] value, String description) {
        return data.bytes(value, description);
    }

    /** Memory that begins as zeros, aligned to 16 bytes. */
    public Argument.Data buffer(int size, String description) {
        return data.buffer(size, description);
    }

    /** A NULL-terminated array of strings, as execve(2) takes it. */
    public Argument.Data strings(List<String> values, String description) {
        Argument.Data array = data.bytes(new byte[(values.size() + 1) * Long.BYTES], description);
        for (int i = 0; i < values.size(); i++) {
            data.point(array, i * Long.BYTES, data.string(values.get(i)));
        }
        return array;
    }

    /** Makes a structure's field point to {@code target}. */
    public void point(Argument.Data structure, int offset, Argument.Data target) {
        data.point(structure, offset, target);
    }

    /** Stores a call's result, eight bytes of it, in a structure made by {@link #bytes}. */
    public void store(Argument.Result result, Argument.Data structure, int offset) {
        if (structure.zeroed()) {
            throw new IllegalArgumentException("results are stored in structures only, not in buffers");
        }
        fieldUses.add(new FieldUse(result, structure, offset));
    }

    /** A call that must succeed. */
    public Argument.Result call(Syscall syscall, Argument... arguments) {
        return add(syscall, 0, Arrays.asList(arguments));
    }

    /** A call whose failure does not matter. */
    public Argument.Result tryCall(Syscall syscall, Argument... arguments) {
        return add(syscall, Interpreter.FLAG_MAY_FAIL, Arrays.asList(arguments));
    }

    /** A call, usually read(2), that must not return 0. */
    public Argument.Result callNonZero(Syscall syscall, Argument... arguments) {
        return add(syscall, Interpreter.FLAG_ZERO_FAILS, Arrays.asList(arguments));
    }

    /**
     * clone(2) or clone3(2). The child goes on with the calls that follow, the parent with those of {@code parentSide},
     * which is given the child's pid.
     *
     * @param arguments at most five: the sixth, which the kernel ignores, says where the parent goes on
     */
    public void fork(Syscall syscall, List<Argument> arguments, Consumer<Argument.Result> parentSide) {
        fork(syscall, arguments, parentSide, false);
    }

    /**
     * clone(2). The child goes on with the calls that follow; the parent does those of {@code parentSide} and then
     * stays as an init process: it reaps what ends, sends the signals that it gets on to the child, and ends with the
     * child's status, or 128 and the signal that killed it. All signals are to be blocked before.
     */
    public void forkUnderInit(List<Argument> arguments, Consumer<Argument.Result> parentSide) {
        fork(Syscall.CLONE, arguments, parentSide, true);
    }

    private void fork(Syscall syscall, List<Argument> arguments, Consumer<Argument.Result> parentSide, boolean init) {
        if (arguments.size() >= Interpreter.ARGUMENTS || side != main) {
            throw new IllegalArgumentException("a fork has at most five arguments, and the parent does not fork again");
        }
        Argument.Result pid = add(syscall, Interpreter.FLAG_FORK, arguments);
        String childPurpose = purpose;
        Fork fork = new Fork(pid, new ArrayList<>(), init);
        forks.add(fork);
        side = fork.parent;
        parentSide.accept(pid);
        side = main;
        purpose = childPurpose;
    }

    /** Writes the entries from an earlier call's to that of the latest one, with their results, to the report. */
    public void report(Argument.Result from, int count) {
        call(
                Syscall.WRITE,
                Argument.number(Interpreter.REPORT_FD),
                new Argument.Entry(from.call()),
                Argument.number((long) count * Interpreter.ENTRY_BYTES));
    }

    private Argument.Result add(Syscall syscall, int flags, List<Argument> arguments) {
        side.add(calls.size());
        calls.add(new Call(syscall, arguments, flags, purpose));
        return new Argument.Result(calls.size() - 1);
    }

    /**
     * All calls so far in words, one line each, with results of earlier calls as {@code ?}: to look at, and for tests.
     */
    public List<String> describeCalls() {
        return calls.stream().map(Call::describe).toList();
    }

    /** The finished program; the builder is of no use afterwards. */
    public LaunchProgram build() {
        int[] positions = new int[calls.size()];
        int entries = place(main, positions, 0) + 1;
        int[] parents = new int[forks.size()];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = entries;
            entries = place(forks.get(i).parent, positions, entries) + 1;
        }
        long base = Interpreter.entryAddress(entries);
        long[] outs = outs(positions, parents, base);

        int tableBytes = entries * Interpreter.ENTRY_BYTES;
        ByteBuffer table = ByteBuffer.allocate(tableBytes + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        table.putLong(main.size() * Interpreter.ENTRY_BYTES, END);
        for (int number = 0; number < positions.length; number++) {
            Call call = calls.get(number);
            table.position(positions[number] * Interpreter.ENTRY_BYTES);
            table.putLong(call.syscall().number(arch));
            for (int i = 0; i < Interpreter.ARGUMENTS; i++) {
                table.putLong(
                        i < call.arguments().size() ? value(call.arguments().get(i), positions, base) : 0);
            }
            table.putLong(outs[number]).putLong(call.flags() | (long) number << Integer.SIZE);
        }
        for (int i = 0; i < parents.length; i++) {
            Fork fork = forks.get(i);
            int clone = positions[fork.pid.call()] * Interpreter.ENTRY_BYTES;
            table.putLong(clone + Interpreter.LAST_ARGUMENT_OFFSET, Interpreter.entryAddress(parents[i]));
            table.putLong(end(fork, parents[i]) * Interpreter.ENTRY_BYTES, fork.init ? BECOME_INIT : END);
        }
        table.position(tableBytes);
        data.writeTo(table, base);
        return new LaunchProgram(
                ElfFile.write(arch, table.array(), data.zeroBytes() + Long.BYTES * 2), List.copyOf(calls));
    }

    /** The entry behind the last one of what a fork's parent does. */
    private static int end(Fork fork, int first) {
        return first + fork.parent.size();
    }

    private static int place(List<Integer> numbers, int[] positions, int first) {
        int position = first;
        for (int number : numbers) {
            positions[number] = position++;
        }
        return position;
    }

    private long value(Argument argument, int[] positions, long base) {
        if (argument instanceof Argument.Constant constant) {
            return constant.value();
        } else if (argument instanceof Argument.Data bytes) {
            return data.address(bytes, base);
        } else if (argument instanceof Argument.Entry entry) {
            return Interpreter.entryAddress(positions[entry.call()]);
        }
        return NO_RESULT_YET;
    }

    /** Writes for each call the list of places that want its result; 0 for a call whose result nobody wants. */
    private long[] outs(int[] positions, int[] parents, long base) {
        List<List<Long>> places = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            places.add(List.of());
        }
        for (int number = 0; number < positions.length; number++) {
            List<Argument> arguments = calls.get(number).arguments();
            for (int i = 0; i < arguments.size(); i++) {
                if (arguments.get(i) instanceof Argument.Result result) {
                    long entry = Interpreter.entryAddress(positions[number]);
                    want(places, result, entry + Interpreter.ARGUMENT_OFFSET + (long) i * Long.BYTES);
                }
            }
        }
        for (FieldUse use : fieldUses) {
            want(places, use.result, data.address(use.structure, base) + use.offset);
        }
        for (int i = 0; i < parents.length; i++) {
            Fork fork = forks.get(i);
            if (fork.init) {
                want(places, fork.pid, Interpreter.entryAddress(end(fork, parents[i])) + Interpreter.ARGUMENT_OFFSET);
            }
        }
        long[] outs = new long[positions.length];
        for (int number = 0; number < positions.length; number++) {
            if (!places.get(number).isEmpty()) {
                outs[number] = base + data.size() + (-data.size() & (Long.BYTES - 1));
                places.get(number).forEach(data::word);
                data.word(0);
            }
        }
        return outs;
    }

    private static void want(List<List<Long>> places, Argument.Result result, long address) {
        List<Long> list = places.get(result.call());
        if (list.isEmpty()) {
            list = new ArrayList<>();
            places.set(result.call(), list);
        }
        list.add(address);
    }
}

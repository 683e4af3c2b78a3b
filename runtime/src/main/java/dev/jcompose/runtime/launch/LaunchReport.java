package dev.jcompose.runtime.launch;

import dev.jcompose.linux.Errno;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A table entry that a running launch program wrote to its report: of a call that failed, or one that the program was
 * told to report.
 *
 * @param entry its order number
 * @param arguments as they were at the time of the call
 * @param result what the call returned: the negative errno if it failed
 */
public record LaunchReport(int entry, List<Long> arguments, long result) {
    /** Bytes of one report. */
    static final int BYTES = Interpreter.ENTRY_BYTES;

    public LaunchReport {
        arguments = List.copyOf(arguments);
    }

    /** Reads the next report from a buffer in little-endian order, and moves its position. */
    static LaunchReport read(ByteBuffer buffer) {
        int start = buffer.position();
        List<Long> arguments = new ArrayList<>(Interpreter.ARGUMENTS);
        for (int i = 0; i < Interpreter.ARGUMENTS; i++) {
            arguments.add(buffer.getLong(start + Interpreter.ARGUMENT_OFFSET + i * Long.BYTES));
        }
        int entry = buffer.getInt(start + Interpreter.FLAGS_OFFSET + Integer.BYTES);
        long result = buffer.getLong(start + Interpreter.RESULT_OFFSET);
        buffer.position(start + BYTES);
        return new LaunchReport(entry, arguments, result);
    }

    /** Argument {@code index}, 0 to 5. */
    long argument(int index) {
        return arguments.get(index);
    }

    /** The positive errno, or 0. */
    public int errno() {
        return result < 0 ? (int) -result : 0;
    }

    /** How it went, as the end of a message. */
    String outcome() {
        return result < 0 ? ": " + Errno.describe(errno()) : " = " + result;
    }
}

package dev.jcompose.runtime.launch;

import dev.jcompose.linux.Syscall;
import java.util.List;

/**
 * A finished launch program: the bytes of an executable, and what each entry of its table is for, so that a report can
 * be put into words.
 */
public final class LaunchProgram {
    private final byte[] executable;
    private final List<Call> calls;

    LaunchProgram(byte[] executable, List<Call> calls) {
        this.executable = executable;
        this.calls = calls;
    }

    /** The static executable. Shared, not to be changed. */
    byte[] executable() {
        return executable;
    }

    /** A copy of the static executable, for one that is kept in a file. */
    public byte[] toBytes() {
        return executable.clone();
    }

    /** Which system call a report is about. */
    public Syscall syscall(LaunchReport report) {
        return calls.get(report.entry()).syscall();
    }

    /** In words: what a reported call was for, the call with its arguments, and the errno. */
    public String describe(LaunchReport report) {
        Call call = calls.get(report.entry());
        StringBuilder text = new StringBuilder(call.purpose()).append(": ");
        text.append(call.syscall().manName()).append('(');
        for (int i = 0; i < call.arguments().size(); i++) {
            Argument argument = call.arguments().get(i);
            text.append(i == 0 ? "" : ", ");
            text.append(argument instanceof Argument.Data ? argument.toString() : show(report.argument(i)));
        }
        text.append(')');
        return text.append(report.outcome()).toString();
    }

    private static String show(long value) {
        return value >= -256 && value < 256 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }
}

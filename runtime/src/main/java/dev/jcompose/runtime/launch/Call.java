package dev.jcompose.runtime.launch;

import dev.jcompose.linux.Syscall;
import java.util.List;

/**
 * One entry of the table before it has an address.
 *
 * @param flags of {@code Interpreter.FLAG_*}
 * @param purpose what it is for, in words
 */
record Call(Syscall syscall, List<Argument> arguments, int flags, String purpose) {
    Call {
        arguments = List.copyOf(arguments);
        if (arguments.size() > Interpreter.ARGUMENTS) {
            throw new IllegalArgumentException("a system call has at most six arguments");
        }
    }
}

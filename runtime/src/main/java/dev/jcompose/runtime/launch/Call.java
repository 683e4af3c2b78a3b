package dev.jcompose.runtime.launch;

import dev.jcompose.linux.Syscall;
import java.util.List;
import java.util.stream.Collectors;

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

    String describe() {
        return purpose + ": " + syscall.manName()
                + arguments.stream().map(Call::show).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String show(Argument argument) {
        if (argument instanceof Argument.Constant constant) {
            return Long.toString(constant.value());
        }
        return argument instanceof Argument.Data ? argument.toString() : "?";
    }
}

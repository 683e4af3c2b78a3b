package dev.jcompose.runtime.seccomp;

import dev.jcompose.linux.Errno;
import java.util.List;

/** What a filter does with a system call. */
sealed interface Decision {
    Decision ALLOW = new Allow();

    /** The call is made. */
    record Allow() implements Decision {}

    /** The call is made if one of the tests holds; else it fails with {@code EPERM}. */
    record AllowIf(List<ArgumentTest> anyOf) implements Decision {
        public AllowIf {
            anyOf = List.copyOf(anyOf);
        }
    }

    /** The call fails. */
    record Fail(Errno errno) implements Decision {}
}

package dev.jcompose.runtime.seccomp;

import dev.jcompose.linux.Arch;
import java.util.List;

/**
 * A way of making system calls, with numbers of its own. A 64-bit kernel also takes those of 32-bit programs, and a
 * filter has to know them all.
 */
enum Abi {
    X86_64(Arch.X86_64.auditArch(), "x86_64"),
    /** 32-bit pointers in 64-bit mode: looks like x86-64 to a filter, but its numbers have bit 30 set. */
    X32(Arch.X86_64.auditArch(), "x32"),
    I386(0x40000003, "i386"),
    AARCH64(Arch.AARCH64.auditArch(), "aarch64"),
    ARM(0x40000028, "arm");

    private final int auditArch;
    private final String table;

    Abi(int auditArch, String table) {
        this.auditArch = auditArch;
        this.table = table;
    }

    /** Those that programs on {@code arch} can use. */
    static List<Abi> of(Arch arch) {
        return switch (arch) {
            case X86_64 -> List.of(X86_64, X32, I386);
            case AARCH64 -> List.of(AARCH64, ARM);
        };
    }

    /** {@code AUDIT_ARCH_*}, as in {@code seccomp_data.arch}. */
    int auditArch() {
        return auditArch;
    }

    /** Name of the resource that has its numbers. */
    String resource() {
        return table + ".syscalls";
    }
}

package dev.jcompose.linux;

/** A processor architecture that jcompose runs on. */
public enum Arch {
    X86_64(62, 0xc000003e),
    AARCH64(183, 0xc00000b7);

    private final int elfMachine;
    private final int auditArch;

    Arch(int elfMachine, int auditArch) {
        this.elfMachine = elfMachine;
        this.auditArch = auditArch;
    }

    /**
     * The architecture of this JVM.
     *
     * @throws UnsupportedOperationException on any other than x86-64 and aarch64
     */
    public static Arch current() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> throw new UnsupportedOperationException("jcompose runs on x86-64 and aarch64, not on " + name);
        };
    }

    /** {@code e_machine} of an ELF header. */
    public int elfMachine() {
        return elfMachine;
    }

    /** {@code AUDIT_ARCH_*}, what a seccomp filter sees in {@code seccomp_data.arch}. */
    public int auditArch() {
        return auditArch;
    }
}

package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Scratch;
import dev.jcompose.linux.Syscall;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Attaches device rules to a version 2 cgroup. The kernel keeps them until the cgroup is removed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/bpf.2.html">bpf(2)</a>
 */
record DeviceFilter(Linux linux) {
    private static final int BPF_PROG_LOAD = 5;
    private static final int BPF_PROG_ATTACH = 8;
    private static final int BPF_PROG_TYPE_CGROUP_DEVICE = 15;
    private static final int BPF_CGROUP_DEVICE = 6;

    /** The rules of cgroups above still count. */
    private static final int BPF_F_ALLOW_MULTI = 2;

    /** Up to {@code expected_attach_type}; the kernel takes any size when the rest is zero. */
    private static final int ATTRIBUTES_BYTES = 72;

    private static final int INSTRUCTION_BYTES = 8;

    /**
     * Attaches one program made of all rules; a second call adds another, and then both must allow.
     *
     * @throws CgroupException if the kernel refuses, for example without {@code CAP_BPF} and {@code CAP_NET_ADMIN}
     */
    void attach(CgroupDirectory cgroup, List<DeviceRule> rules) throws CgroupException {
        try (Fd program = load(DeviceProgram.assemble(rules));
                Fd directory = linux.files().openat(null, cgroup.path(), Fcntl.O_RDONLY | Fcntl.O_DIRECTORY, 0);
                Scratch scratch = Scratch.open()) {
            ByteBuffer attributes = scratch.buffer(ATTRIBUTES_BYTES);
            attributes
                    .putInt(0, directory.number())
                    .putInt(4, program.number())
                    .putInt(8, BPF_CGROUP_DEVICE)
                    .putInt(12, BPF_F_ALLOW_MULTI);
            bpf("BPF_PROG_ATTACH, " + cgroup.path(), BPF_PROG_ATTACH, attributes);
        } catch (ErrnoException e) {
            throw new CgroupException(
                    "cannot set the device rules of cgroup " + cgroup.path() + ": " + e.getMessage(), e);
        }
    }

    private Fd load(byte[] program) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer attributes = scratch.buffer(ATTRIBUTES_BYTES);
            attributes
                    .putInt(0, BPF_PROG_TYPE_CGROUP_DEVICE)
                    .putInt(4, program.length / INSTRUCTION_BYTES)
                    .putLong(8, scratch.bytes(program))
                    .putLong(16, scratch.string("Apache-2.0"));
            return linux.files().adopt((int) bpf("BPF_PROG_LOAD, CGROUP_DEVICE", BPF_PROG_LOAD, attributes));
        }
    }

    private long bpf(String arguments, int command, ByteBuffer attributes) throws ErrnoException {
        long result = linux.kernel().call(Syscall.BPF, command, Scratch.address(attributes), ATTRIBUTES_BYTES, 0, 0, 0);
        if (result < 0) {
            throw new ErrnoException("bpf(" + arguments + ")", (int) -result);
        }
        return result;
    }
}

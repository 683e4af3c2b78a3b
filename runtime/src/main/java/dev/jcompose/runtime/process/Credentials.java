package dev.jcompose.runtime.process;

import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.capability.Capability;
import dev.jcompose.runtime.capability.CapabilitySet;
import dev.jcompose.runtime.capability.Capset;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import dev.jcompose.runtime.seccomp.SeccompFilter;
import dev.jcompose.runtime.user.ResolvedUser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Who the process is and what it may do. The order is runc's: without no-new-privileges, installing a filter needs
 * {@code CAP_SYS_ADMIN} and comes before that is given up; with it, the filter comes last and need not allow what
 * changes credentials.
 *
 * @param capabilities the bounding set; permitted and effective too if the user is root, else these are empty.
 *     Inheritable and ambient are always empty
 * @param own the engine's bounding set
 * @param seccompFilter null for none
 */
public record Credentials(
        ResolvedUser user,
        CapabilitySet capabilities,
        CapabilitySet own,
        boolean noNewPrivileges,
        @Nullable SeccompFilter seccompFilter) {
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int SOCK_FPROG_BYTES = 16;

    /** Adds the calls. */
    public void addTo(LaunchCalls calls) {
        if (!noNewPrivileges) {
            addFilter(calls);
        }
        calls.program().purpose("drop capabilities");
        for (Capability capability : own.minus(capabilities).toList()) {
            calls.prctl(PR_CAPBSET_DROP, capability.number());
        }
        calls.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL);
        calls.program().purpose("become user " + user.uid() + " and group " + user.gid());
        ByteBuffer groups =
                ByteBuffer.allocate(user.groups().size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        user.groups().forEach(groups::putInt);
        calls.program()
                .call(
                        Syscall.SETGROUPS,
                        Argument.number(user.groups().size()),
                        calls.program().bytes(groups.array(), user.groups().toString()));
        Argument gid = Argument.number(user.gid());
        calls.program().call(Syscall.SETRESGID, gid, gid, gid);
        Argument uid = Argument.number(user.uid());
        calls.program().call(Syscall.SETRESUID, uid, uid, uid);
        CapabilitySet kept = user.isRoot() ? capabilities : CapabilitySet.NONE;
        calls.program()
                .call(
                        Syscall.CAPSET,
                        calls.program().bytes(Capset.header(), "{version 3}"),
                        calls.program().bytes(Capset.data(kept, kept), kept.toString()));
        if (noNewPrivileges) {
            calls.program().purpose("set no_new_privs");
            calls.prctl(PR_SET_NO_NEW_PRIVS, 1);
            addFilter(calls);
        }
    }

    private void addFilter(LaunchCalls calls) {
        if (seccompFilter == null) {
            return;
        }
        int instructions = seccompFilter.length();
        calls.program().purpose("install the seccomp filter");
        ByteBuffer header = ByteBuffer.allocate(SOCK_FPROG_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort((short) instructions);
        Argument.Data program = calls.program().bytes(header.array(), "{" + instructions + " instructions}");
        calls.program().point(program, Long.BYTES, calls.program().bytes(seccompFilter.toBytes(), "filter"));
        calls.program().call(Syscall.SECCOMP, Argument.number(SECCOMP_SET_MODE_FILTER), Argument.number(0), program);
    }
}

package dev.jcompose.runtime;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.cgroup.Placement;
import dev.jcompose.runtime.exec.ExecSpec;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import dev.jcompose.runtime.launch.LaunchProgram;
import dev.jcompose.runtime.launch.LaunchProgramBuilder;
import dev.jcompose.runtime.launch.ProgramLauncher;
import dev.jcompose.runtime.process.CgroupEntry;
import dev.jcompose.runtime.process.Command;
import dev.jcompose.runtime.process.Credentials;
import dev.jcompose.runtime.process.Monitor;
import dev.jcompose.runtime.process.ResourceLimits;
import dev.jcompose.runtime.process.WorkingDirectory;

/**
 * The launch program of a further process: it enters the container's cgroup, joins all of its namespaces, and becomes
 * what the container's first process is. Its monitor stays outside and writes the exit status to a pipe.
 *
 * @param spec the process
 * @param command what it executes
 * @param credentials as whom
 * @param placement how it enters the cgroup
 * @param limits what it may use
 * @param terminal whether its standard input becomes its controlling terminal
 */
record ExecProgram(
        ExecSpec spec,
        Command command,
        Credentials credentials,
        Placement placement,
        ResourceLimits limits,
        boolean terminal) {
    private static final int REPORT_FD = 3;
    private static final int STATUS_FD = ProgramLauncher.FIRST_OWN_FD;
    private static final int CONTAINER_FD = STATUS_FD + 1;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;
    private static final int TIOCSCTTY = 0x540e;
    private static final int UMASK = 0022;

    /** All but the pid namespace, which only a child can be in. */
    private static final int NAMESPACES =
            Sched.CLONE_NEWNS | Sched.CLONE_NEWNET | Sched.CLONE_NEWIPC | Sched.CLONE_NEWUTS | Sched.CLONE_NEWCGROUP;

    /** Compiles it. Its descriptors after the report are the status pipe and the container's pidfd. */
    LaunchProgram build(Arch arch) {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(arch);
        LaunchCalls calls = new LaunchCalls(builder);
        calls.prctl(PR_SET_DUMPABLE, 0);
        calls.closeFrom(CONTAINER_FD + 1);
        builder.purpose("join the container's pid namespace");
        calls.setns(Argument.number(CONTAINER_FD), Sched.CLONE_NEWPID);
        CgroupEntry.fork(calls, placement, 0, pid -> monitor(new Monitor(calls, pid)));
        builder.purpose("join the container's namespaces");
        calls.setns(Argument.number(CONTAINER_FD), NAMESPACES);
        builder.purpose("begin a session");
        builder.call(Syscall.SETSID);
        if (terminal) {
            builder.call(Syscall.IOCTL, Argument.number(0), Argument.number(TIOCSCTTY), Argument.number(0));
        }
        limits.addTo(calls, spec.rlimits());
        builder.purpose("begin a session keyring");
        builder.tryCall(Syscall.KEYCTL, Argument.number(KEYCTL_JOIN_SESSION_KEYRING), Argument.number(0));
        builder.purpose("close descriptors");
        calls.closeFrom(STATUS_FD);
        WorkingDirectory.addTo(calls, spec.cwd());
        credentials.addTo(calls);
        builder.call(Syscall.UMASK, Argument.number(UMASK));
        command.addTo(calls);
        return builder.build();
    }

    private static void monitor(Monitor monitor) {
        monitor.reportPid();
        monitor.close(0, REPORT_FD);
        monitor.closeFrom(CONTAINER_FD);
        monitor.write(monitor.await(), Argument.number(STATUS_FD));
    }
}

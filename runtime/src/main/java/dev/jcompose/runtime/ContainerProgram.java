package dev.jcompose.runtime;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.cgroup.CgroupMount;
import dev.jcompose.runtime.cgroup.Placement;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import dev.jcompose.runtime.container.ProcessSpec;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import dev.jcompose.runtime.launch.LaunchProgram;
import dev.jcompose.runtime.launch.LaunchProgramBuilder;
import dev.jcompose.runtime.launch.ProgramLauncher;
import dev.jcompose.runtime.process.CgroupEntry;
import dev.jcompose.runtime.process.Command;
import dev.jcompose.runtime.process.InitProcess;
import dev.jcompose.runtime.process.Monitor;
import dev.jcompose.runtime.process.OwnNetwork;
import dev.jcompose.runtime.process.OwnTerminal;
import dev.jcompose.runtime.process.WorkingDirectory;
import dev.jcompose.runtime.rootfs.CgroupDirectory;
import dev.jcompose.runtime.rootfs.ContainerRoot;
import dev.jcompose.runtime.rootfs.DeviceDirectory;
import dev.jcompose.runtime.rootfs.KernelFilesystems;
import dev.jcompose.runtime.rootfs.OverlayMount;
import dev.jcompose.runtime.rootfs.RootSwitch;
import dev.jcompose.runtime.rootfs.SharedMemory;
import dev.jcompose.runtime.rootfs.Sysctl;
import dev.jcompose.runtime.rootfs.UserMounts;
import dev.jcompose.runtime.stdio.OutputFifos;
import dev.jcompose.runtime.user.ResolvedUser;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The launch program of a container: the order of everything.
 *
 * @param spec the container
 * @param user as whom it executes its command; may not be known before that is reached
 * @param confinement what it may do
 * @param placement how it enters its cgroup
 * @param cgroupMounts what shows it its cgroup
 * @param rootMounted whether it is handed its root file system, or mounts that itself
 * @param mapped the mounts that are owned by its user, in the order of their descriptors
 */
record ContainerProgram(
        ContainerSpec spec,
        Concurrent<ResolvedUser> user,
        Confinement confinement,
        Placement placement,
        List<CgroupMount> cgroupMounts,
        boolean rootMounted,
        List<MountSpec> mapped) {
    private static final int STDOUT_FD = 1;
    private static final int STDERR_FD = 2;
    private static final int REPORT_FD = 3;
    private static final int GATE_FD = ProgramLauncher.FIRST_OWN_FD;
    private static final int RUN_DIRECTORY_FD = GATE_FD + 1;

    /** Where the monitor keeps the master of the container's terminal, instead of the gate. */
    static final int TERMINAL_FD = GATE_FD;

    /** The first of the pidfds of {@link #joinedProcesses}. */
    private static final int FIRST_JOINED_FD = RUN_DIRECTORY_FD + 1;

    private static final int SOCKETS = 2;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;

    /** The file in the run directory that says how the container ended. */
    static final String EXIT_FILE = "exit";

    /** The processes whose namespaces the container joins: their pidfds follow that of the run directory. */
    static List<Integer> joinedProcesses(NamespaceSpec namespaces) {
        return List.of(namespaces.network(), namespaces.pid(), namespaces.ipc(), namespaces.uts()).stream()
                .filter(Namespace.OfProcess.class::isInstance)
                .map(namespace -> ((Namespace.OfProcess) namespace).pid())
                .distinct()
                .toList();
    }

    /**
     * Compiles it.
     *
     * @throws IOException if a layer is not there, or the user cannot be looked up
     * @throws IllegalArgumentException if there is no such user
     */
    LaunchProgram build(Arch arch) throws IOException {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(arch);
        LaunchCalls calls = new LaunchCalls(builder);
        builder.purpose("begin");
        calls.prctl(PR_SET_DUMPABLE, 0);
        NamespaceSpec namespaces = spec.namespaces();
        calls.closeFrom(firstFreeFd());
        join(calls, namespaces.pid(), Sched.CLONE_NEWPID);
        long flags = Sched.CLONE_NEWNS
                | own(namespaces.network(), Sched.CLONE_NEWNET)
                | own(namespaces.pid(), Sched.CLONE_NEWPID)
                | own(namespaces.ipc(), Sched.CLONE_NEWIPC)
                | own(namespaces.uts(), Sched.CLONE_NEWUTS);
        CgroupEntry.fork(calls, placement, flags, pid -> monitor(new Monitor(calls, pid)));
        builder.purpose("begin a session");
        builder.call(Syscall.SETSID);
        builder.call(Syscall.UMASK, Argument.number(0));
        network(calls, namespaces.network());
        join(calls, namespaces.ipc(), Sched.CLONE_NEWIPC);
        join(calls, namespaces.uts(), Sched.CLONE_NEWUTS);
        builder.purpose("begin a cgroup namespace");
        builder.call(Syscall.UNSHARE, Argument.number(Sched.CLONE_NEWCGROUP));
        root(calls);
        process(calls);
        return builder.build();
    }

    private static long own(Namespace namespace, int flag) {
        return namespace instanceof Namespace.Own ? flag : 0;
    }

    private void join(LaunchCalls calls, Namespace namespace, int flag) {
        if (namespace instanceof Namespace.OfProcess process) {
            calls.program().purpose("join a namespace of process " + process.pid());
            calls.setns(joined(process), flag);
        }
    }

    private Argument joined(Namespace.OfProcess process) {
        return Argument.number(
                FIRST_JOINED_FD + joinedProcesses(spec.namespaces()).indexOf(process.pid()));
    }

    /** The network namespace that is held open, if it is one, follows the joined processes. */
    private int networkFd() {
        return FIRST_JOINED_FD + joinedProcesses(spec.namespaces()).size();
    }

    /** The root file system follows that. */
    private int rootFd() {
        return networkFd() + (spec.namespaces().network() instanceof Namespace.Open ? 1 : 0);
    }

    /** The user namespaces of mounts follow that. */
    private int firstMappingFd() {
        return rootFd() + (rootMounted ? 1 : 0);
    }

    /** The sockets that a terminal's master goes over, if there are any, follow these. */
    private int childSocketFd() {
        return firstMappingFd() + mapped.size();
    }

    private int firstFreeFd() {
        return childSocketFd() + (spec.process().terminal() ? SOCKETS : 0);
    }

    private void network(LaunchCalls calls, Namespace network) {
        if (network instanceof Namespace.Open) {
            calls.program().purpose("enter the network namespace");
            calls.setns(Argument.number(networkFd()), Sched.CLONE_NEWNET);
        } else if (network instanceof Namespace.Own) {
            OwnNetwork.bringLoopbackUp(calls);
        } else {
            join(calls, network, Sched.CLONE_NEWNET);
        }
    }

    /** Whether nobody else has settings in its network namespace. */
    private boolean hasOwnNetwork() {
        Namespace network = spec.namespaces().network();
        return network instanceof Namespace.Own || network instanceof Namespace.Open;
    }

    private void monitor(Monitor monitor) {
        Argument runDirectory = Argument.number(RUN_DIRECTORY_FD);
        monitor.reportPid();
        if (spec.process().terminal()) {
            // The engine sees the report closed, and then knows that the terminal is here.
            monitor.receiveTerminal(childSocketFd(), childSocketFd() + 1, TERMINAL_FD);
            monitor.close(REPORT_FD, REPORT_FD);
        } else {
            monitor.close(REPORT_FD, GATE_FD);
        }
        monitor.closeFrom(FIRST_JOINED_FD);
        Argument.Data siginfo = monitor.await();
        if (spec.process().terminal()) {
            monitor.saveTerminal(TERMINAL_FD, STDOUT_FD, runDirectory, OutputFifos.STDOUT_REST);
        } else {
            monitor.saveRest(STDOUT_FD, runDirectory, OutputFifos.STDOUT_REST);
        }
        monitor.saveRest(STDERR_FD, runDirectory, OutputFifos.STDERR_REST);
        monitor.save(siginfo, runDirectory, EXIT_FILE);
    }

    private void root(LaunchCalls calls) throws IOException {
        Map<MountSpec, Integer> mappings = new HashMap<>();
        mapped.forEach(mount -> mappings.put(mount, firstMappingFd() + mappings.size()));
        UserMounts mounts = new UserMounts(spec.mounts(), mappings);
        boolean privileged = spec.security().privileged();
        mounts.openSources(calls);
        Argument sharedMemory = sharedMemory(calls);
        RootSwitch.isolate(calls);
        mounts.makeFiles(calls, spec.rootfs().mountPoint().toString());
        OverlayMount overlay = new OverlayMount(spec.rootfs());
        ContainerRoot root = rootMounted ? overlay.attach(calls, Argument.number(rootFd())) : overlay.addTo(calls);
        new DeviceDirectory(spec.devices(), spec.shmSizeBytes(), mounts.destinations(), sharedMemory)
                .addTo(calls, root);
        if (spec.process().terminal()) {
            OwnTerminal.addTo(calls, root, user.get().uid(), spec.terminalSize(), childSocketFd());
        }
        mounts.addOutsideSys(calls, root);
        KernelFilesystems kernel = new KernelFilesystems(calls, root);
        Argument proc = kernel.mountProc();
        if (!mounts.destinations().contains("/sys")) {
            kernel.mountSys(!privileged);
            if (!mounts.destinations().contains("/sys/fs/cgroup")) {
                new CgroupDirectory(cgroupMounts, !privileged).addTo(calls, root);
            }
        }
        mounts.addInsideSys(calls, root);
        if (hasOwnNetwork()) {
            kernel.writeSysctls(proc, Sysctl.FOR_UNPRIVILEGED);
        }
        kernel.writeSysctls(proc, spec.sysctls());
        Integer oomScoreAdj = spec.resources().oomScoreAdj();
        if (oomScoreAdj != null) {
            kernel.writeOomScoreAdj(proc, oomScoreAdj);
        }
        confinement.hiddenPaths(spec.security()).addTo(calls, root);
        calls.program().purpose("make the working directory \"" + spec.process().cwd() + "\"");
        root.directory(spec.process().cwd());
        if (spec.rootfs().readOnly()) {
            calls.program().purpose("make the root file system read-only");
            calls.mountSetattr(root.descriptor(), false, Mount.MOUNT_ATTR_RDONLY, 0);
        }
        RootSwitch.addTo(calls, root);
    }

    private @Nullable Argument sharedMemory(LaunchCalls calls) {
        Namespace ipc = spec.namespaces().ipc();
        if (ipc instanceof Namespace.OfProcess process) {
            return SharedMemory.ofProcess(calls, joined(process));
        }
        return ipc instanceof Namespace.Host ? SharedMemory.ofHost(calls) : null;
    }

    private void process(LaunchCalls calls) throws IOException {
        LaunchProgramBuilder builder = calls.program();
        setName(calls, Syscall.SETHOSTNAME, spec.hostname());
        setName(calls, Syscall.SETDOMAINNAME, spec.domainname());
        ProcessSpec process = spec.process();
        confinement.limits().addTo(calls, process.rlimits());
        builder.purpose("begin a session keyring");
        builder.tryCall(
                Syscall.KEYCTL, Argument.number(KEYCTL_JOIN_SESSION_KEYRING), calls.string("_ses." + spec.id()));
        builder.purpose("close descriptors");
        calls.closeFrom(GATE_FD + 1);
        WorkingDirectory.addTo(calls, process.cwd());
        ResolvedUser as = user.get();
        confinement.credentials(as, spec.security()).addTo(calls);
        builder.call(Syscall.UMASK, Argument.number(process.umask()));
        // As late as can be: all of the above goes on while the engine connects the network.
        if (spec.announced()) {
            builder.purpose("say that the root is complete");
            builder.call(
                    Syscall.WRITE, Argument.number(STDOUT_FD), builder.buffer(Long.BYTES, "byte"), Argument.number(1));
        }
        builder.purpose("wait at the gate");
        builder.callNonZero(
                Syscall.READ, Argument.number(GATE_FD), builder.buffer(Long.BYTES, "byte"), Argument.number(1));
        if (spec.init()) {
            InitProcess.addTo(calls, process.terminal());
        }
        new Command(process.args(), Command.withHome(process.env(), as.home())).addTo(calls);
    }

    private static void setName(LaunchCalls calls, Syscall syscall, @Nullable String name) {
        if (name != null) {
            calls.program().purpose("set the host name");
            calls.program().call(syscall, calls.string(name), Argument.number(name.length()));
        }
    }
}

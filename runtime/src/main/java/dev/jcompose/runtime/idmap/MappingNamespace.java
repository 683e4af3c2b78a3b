package dev.jcompose.runtime.idmap;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchProgram;
import dev.jcompose.runtime.launch.LaunchProgramBuilder;
import dev.jcompose.runtime.launch.LaunchReport;
import dev.jcompose.runtime.launch.LaunchedProgram;
import dev.jcompose.runtime.launch.ProgramLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes user namespaces that say how an idmapped mount maps ids. */
public final class MappingNamespace {
    private static final String NAME = "jcompose-idmap";

    private MappingNamespace() {}

    /**
     * A new user namespace with these maps; it lives as long as it is open. Takes a process of a few KB for a moment.
     *
     * @throws IOException if the kernel makes no user namespaces
     */
    public static Fd create(Linux linux, ProgramLauncher launcher, IdSwap users, IdSwap groups) throws IOException {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.current());
        builder.purpose("make a user namespace");
        Argument.Result made = builder.call(Syscall.UNSHARE, Argument.number(Sched.CLONE_NEWUSER));
        builder.report(made, 1);
        builder.call(
                Syscall.READ,
                Argument.number(ProgramLauncher.FIRST_OWN_FD),
                builder.buffer(Long.BYTES, "byte"),
                Argument.number(1));
        LaunchProgram program = builder.build();
        EventCalls.Pipe gate = linux.events().pipe2(0);
        try (Fd held = gate.writeEnd();
                Fd given = gate.readEnd();
                Fd nothing = linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0);
                LaunchedProgram launched =
                        launcher.start(NAME, program, List.of(nothing, nothing, nothing), List.of(given));
                Fd process = linux.processes().pidfdOpen(launched.pid())) {
            try {
                List<LaunchReport> reports = launched.awaitReports();
                if (reports.isEmpty() || reports.get(0).errno() != 0) {
                    throw new IOException("cannot make a user namespace"
                            + (reports.isEmpty()
                                    ? ""
                                    : ": errno " + reports.get(0).errno()));
                }
                Path files = Path.of("/proc", Integer.toString(launched.pid()));
                Files.writeString(files.resolve("uid_map"), users.map());
                Files.writeString(files.resolve("gid_map"), groups.map());
                return linux.files().openat(null, files.resolve("ns/user").toString(), Fcntl.O_RDONLY, 0);
            } finally {
                held.close();
                linux.processes().await(process);
            }
        }
    }
}

package dev.jcompose.runtime;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.runtime.exec.ExecSpec;
import dev.jcompose.runtime.exec.ExecStreams;
import dev.jcompose.runtime.launch.LaunchProgram;
import dev.jcompose.runtime.launch.LaunchedProgram;
import dev.jcompose.runtime.launch.ProgramLauncher;
import dev.jcompose.runtime.process.Command;
import dev.jcompose.runtime.stdio.ContainerTerminal;
import dev.jcompose.runtime.stdio.WindowSize;
import dev.jcompose.runtime.user.ResolvedUser;
import dev.jcompose.runtime.user.UserLookup;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts further processes in running containers. */
final class ExecLauncher {
    private static final String NAME = "jcompose-exec";
    private static final String WHAT = "a process";

    private final Linux linux;
    private final ProgramLauncher launcher;
    private final Confinement confinement;
    private final UserLookup users;

    ExecLauncher(Linux linux, ProgramLauncher launcher, Confinement confinement, UserLookup users) {
        this.linux = linux;
        this.launcher = launcher;
        this.confinement = confinement;
        this.users = users;
    }

    ExecProcess exec(RunningContainer container, ExecSpec spec, ExecStreams streams) throws LaunchException {
        try {
            if (container.isPaused()) {
                throw new LaunchException("cannot start " + WHAT + ": the container is paused", LaunchException.FAILED);
            }
            try (Fd pidfd = container.duplicatePidfd()) {
                return exec(container, pidfd, spec, streams);
            }
        } catch (LaunchException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // Nobody has that name: Docker's code for what cannot be invoked.
            throw new LaunchException(message(e), LaunchException.NOT_EXECUTABLE, e);
        } catch (IOException e) {
            throw new LaunchException(message(e), e);
        }
    }

    private static String message(Exception e) {
        return "cannot start " + WHAT + ": " + e.getMessage();
    }

    private ExecProcess exec(RunningContainer container, Fd pidfd, ExecSpec spec, ExecStreams streams)
            throws IOException {
        try (Fd root = container.openRoot()) {
            ResolvedUser user = users.inContainer(root, spec.user(), spec.additionalGroups());
            Command command = new Command(spec.args(), Command.withHome(spec.env(), user.home()));
            LaunchProgram program = new ExecProgram(
                            spec,
                            command,
                            confinement.credentials(user, spec.security()),
                            container.cgroup().placement(),
                            confinement.limits(),
                            streams instanceof ExecStreams.Terminal)
                    .build(Arch.current());
            if (streams instanceof ExecStreams.Terminal size) {
                ContainerTerminal terminal = ContainerTerminal.open(linux.files(), root, user.uid());
                try (Fd slave = terminal.slave()) {
                    new WindowSize(size.rows(), size.columns()).set(linux.files(), terminal.master());
                    return start(program, List.of(slave, slave, slave), pidfd, terminal.master(), spec);
                } catch (IOException e) {
                    terminal.close();
                    throw e;
                }
            }
            ExecStreams.Descriptors d = (ExecStreams.Descriptors) streams;
            return start(program, List.of(d.stdin(), d.stdout(), d.stderr()), pidfd, null, spec);
        }
    }

    private ExecProcess start(LaunchProgram program, List<Fd> streams, Fd pidfd, @Nullable Fd terminal, ExecSpec spec)
            throws IOException {
        EventCalls.Pipe status = linux.events().pipe2(0);
        try {
            LaunchedProgram launched;
            try (Fd writeEnd = status.writeEnd()) {
                launched = launcher.start(NAME, program, streams, List.of(writeEnd, pidfd));
            }
            StartingProcess starting =
                    new StartingProcess(linux, launched, WHAT, spec.args().get(0));
            try {
                starting.awaitPid();
                starting.awaitExec();
            } catch (IOException e) {
                starting.destroy();
                throw e;
            }
            return new ExecProcess(
                    linux,
                    starting.pid(),
                    starting.monitorPidfd(),
                    starting.pidfd().orElse(null),
                    status.readEnd(),
                    terminal);
        } catch (IOException e) {
            status.close();
            throw e;
        }
    }
}

package dev.jcompose.runtime.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Spawner;
import dev.jcompose.linux.Syscall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchProgramTest {
    private static final int SIGCHLD = 17;
    private static final int P_PID = 1;
    private static final int WEXITED = 4;

    private final NativeKernel kernel = new NativeKernel();
    private final Linux linux = new Linux(kernel);
    private final ProgramLauncher launcher = new ProgramLauncher(linux, new Spawner(linux, kernel));

    @TempDir
    Path directory;

    /** What a program did: its output, its exit status, its reports. */
    private record Outcome(String output, ExitStatus status, List<LaunchReport> reports) {}

    @Test
    void callsAreMadeInOrderAndResultsReachLaterCalls() throws IOException {
        Outcome outcome = run(copyOfAFile(Arch.current()).build());

        assertThat(outcome).isEqualTo(new Outcome("copied\n", new ExitStatus(0, 0), List.of()));
    }

    @Test
    void aFailedCallEndsTheProgramAndIsReportedInWords() throws IOException {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.current());
        LaunchCalls calls = new LaunchCalls(builder);
        builder.purpose("look for treasure");
        calls.openat(LaunchCalls.AT_FDCWD, "/nowhere", Fcntl.O_RDONLY, 0);
        calls.write(Argument.number(1), "not reached");
        LaunchProgram program = builder.build();

        Outcome outcome = run(program);

        assertThat(outcome.output).isEmpty();
        assertThat(outcome.status).isEqualTo(new ExitStatus(1, 0));
        assertThat(outcome.reports).singleElement().satisfies(report -> {
            assertThat(report.errno()).isEqualTo(Errno.ENOENT.number());
            assertThat(program.describe(report))
                    .isEqualTo("look for treasure: openat(-100, /nowhere, 0x80000, 0)"
                            + ": No such file or directory (ENOENT 2)");
        });
    }

    @Test
    void aCallThatMayFailDoesNotEndTheProgramAndItsResultReadsAsMinusOne() throws IOException {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.current());
        LaunchCalls calls = new LaunchCalls(builder);
        Argument.Result missing = calls.tryOpenat(LaunchCalls.AT_FDCWD, "/nowhere", Fcntl.O_RDONLY, 0);
        calls.write(Argument.number(1), "reached\n");
        calls.fchdir(missing);

        Outcome outcome = run(builder.build());

        assertThat(outcome.output).isEqualTo("reached\n");
        assertThat(outcome.reports).singleElement().satisfies(report -> {
            assertThat(report.errno()).isEqualTo(Errno.EBADF.number());
            assertThat((int) report.argument(0)).isEqualTo(-1);
        });
    }

    @Test
    void theEndOfAFileCanBeAFailure() throws IOException {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.current());
        builder.callNonZero(Syscall.READ, Argument.number(0), builder.buffer(8, "byte"), Argument.number(1));

        Outcome outcome = run(builder.build());

        assertThat(outcome.status).isEqualTo(new ExitStatus(1, 0));
        assertThat(outcome.reports)
                .singleElement()
                .satisfies(report -> assertThat(report.result()).isZero());
    }

    @Test
    void afterAForkChildAndParentGoDifferentWays() throws IOException {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(Arch.current());
        LaunchCalls calls = new LaunchCalls(builder);
        builder.fork(Syscall.CLONE, List.of(Argument.number(SIGCHLD)), pid -> {
            builder.report(pid, 1);
            builder.call(
                    Syscall.WAITID,
                    Argument.number(P_PID),
                    pid,
                    Argument.number(0),
                    Argument.number(WEXITED),
                    Argument.number(0));
            calls.write(Argument.number(1), "parent\n");
        });
        calls.write(Argument.number(1), "child\n");

        Outcome outcome = run(builder.build());

        assertThat(outcome.output).isEqualTo("child\nparent\n");
        assertThat(outcome.status).isEqualTo(new ExitStatus(0, 0));
        assertThat(outcome.reports)
                .singleElement()
                .satisfies(report -> assertThat(report.result()).isPositive());
    }

    @Test
    void aProgramForAarch64RunsUnderQemu() throws Exception {
        Path qemu = Path.of("/usr/bin/qemu-aarch64");
        assumeTrue(Files.isExecutable(qemu), "qemu-aarch64 is not installed (package qemu-user)");
        Path file = directory.resolve("program");
        Files.write(file, copyOfAFile(Arch.AARCH64).build().executable());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        Process process = new ProcessBuilder(qemu.toString(), file.toString()).start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("copied\n");
        assertThat(process.exitValue()).isZero();
    }

    /** Writes a file, opens it again, and splices it to standard output; lets a call fail on the way. */
    private LaunchProgramBuilder copyOfAFile(Arch arch) {
        LaunchProgramBuilder builder = new LaunchProgramBuilder(arch);
        LaunchCalls calls = new LaunchCalls(builder);
        Argument.Data buffer = builder.buffer(64, "buffer");
        String path = directory.resolve("file").toString();
        calls.tryMkdirat(LaunchCalls.AT_FDCWD, directory.toString(), 0700);
        calls.write(
                calls.openat(LaunchCalls.AT_FDCWD, path, Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_TRUNC, 0600),
                "copied\n");
        Argument.Result count = builder.call(
                Syscall.READ, calls.openat(LaunchCalls.AT_FDCWD, path, Fcntl.O_RDONLY, 0), buffer, Argument.number(64));
        builder.call(Syscall.WRITE, Argument.number(1), buffer, count);
        return builder;
    }

    private Outcome run(LaunchProgram program) throws IOException {
        ByteBuffer output = ByteBuffer.allocateDirect(4096);
        try (Fd nothing = linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0);
                EventCalls.Pipe pipe = linux.events().pipe2(0);
                LaunchedProgram launched =
                        launcher.start("test", program, List.of(nothing, pipe.writeEnd(), nothing), List.of());
                Fd pidfd = linux.processes().pidfdOpen(launched.pid())) {
            pipe.writeEnd().close();
            List<LaunchReport> all = new ArrayList<>();
            for (List<LaunchReport> some = launched.awaitReports(); !some.isEmpty(); some = launched.awaitReports()) {
                all.addAll(some);
            }
            while (linux.files().read(pipe.readEnd(), output) > 0) {
                assertThat(output.hasRemaining()).isTrue();
            }
            ExitStatus status = linux.processes().await(pidfd);
            return new Outcome(UTF_8.decode(output.flip()).toString(), status, all);
        }
    }
}

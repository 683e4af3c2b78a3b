package dev.jcompose.runtime;

import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.runtime.cgroup.ContainerCgroup;
import dev.jcompose.runtime.stdio.InputFifo;
import dev.jcompose.runtime.stdio.OutputFifos;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What the runtime keeps of a container outside its processes: the run directory and the cgroup. */
final class ContainerFiles {
    private static final String TEMPORARY_EXIT_FILE = ContainerProgram.EXIT_FILE + ".tmp";

    private static final int RUN_DIRECTORY_MODE = 0700;

    private final FileCalls files;
    private final Path runDirectory;
    private final OutputFifos fifos;
    private final InputFifo input;
    private final ContainerCgroup cgroup;

    ContainerFiles(FileCalls files, Path runDirectory, ContainerCgroup cgroup) {
        this.files = files;
        this.runDirectory = runDirectory;
        this.fifos = new OutputFifos(files, runDirectory);
        this.input = new InputFifo(files, runDirectory);
        this.cgroup = cgroup;
    }

    /** How a container ended, as its monitor wrote it down. */
    record SavedExit(ExitStatus status, Instant at) {}

    Path runDirectory() {
        return runDirectory;
    }

    OutputFifos fifos() {
        return fifos;
    }

    InputFifo input() {
        return input;
    }

    ContainerCgroup cgroup() {
        return cgroup;
    }

    /** Makes the run directory and the FIFOs, without what an earlier run of the container left. */
    void create() throws IOException {
        if (!NewDirectory.make(files, runDirectory, RUN_DIRECTORY_MODE)) {
            deleteExit();
            fifos.delete();
            input.delete();
        }
        fifos.create();
    }

    /** What the monitor wrote; empty as long as it did not. */
    Optional<SavedExit> exit() throws IOException {
        Path file = runDirectory.resolve(ContainerProgram.EXIT_FILE);
        try {
            byte[] siginfo = Files.readAllBytes(file);
            if (siginfo.length < ExitStatus.SIGINFO_BYTES) {
                throw new IOException(file + " is shorter than a siginfo_t");
            }
            return Optional.of(new SavedExit(
                    ExitStatus.ofSiginfo(ByteBuffer.wrap(siginfo).order(ByteOrder.nativeOrder())),
                    Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Kills what runs in the cgroup, and removes that, the FIFOs and the status. Idempotent. */
    void delete() throws IOException {
        if (!cgroup.pids().isEmpty()) {
            cgroup.killAll();
        }
        cgroup.remove();
        fifos.delete();
        input.delete();
        deleteExit();
    }

    private void deleteExit() throws IOException {
        Files.deleteIfExists(runDirectory.resolve(ContainerProgram.EXIT_FILE));
        Files.deleteIfExists(runDirectory.resolve(TEMPORARY_EXIT_FILE));
    }
}

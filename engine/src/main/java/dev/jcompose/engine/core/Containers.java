package dev.jcompose.engine.core;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.CommitRequest;
import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.api.VolumeOperations;
import dev.jcompose.engine.api.WaitCondition;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations on single containers, each handed to the class that does it. */
final class Containers implements ContainerOperations {
    private final EngineParts parts;
    private final Summaries summaries;
    private final InspectCommand inspection;
    private final ContainerCommands life;
    private final ExecCommand exec;
    private final FileCommands files;
    private final UsageCommands usage;
    private final CommitCommand commits;

    Containers(EngineParts parts, Summaries summaries, VolumeOperations volumes) {
        this.parts = parts;
        this.summaries = summaries;
        this.inspection = new InspectCommand(parts, summaries, volumes);
        this.life = new ContainerCommands(parts);
        this.exec = new ExecCommand(parts);
        this.files = new FileCommands(parts);
        this.usage = new UsageCommands(parts);
        this.commits = new CommitCommand(parts);
    }

    @Override
    public List<ContainerSummary> list(Optional<String> project) {
        return project.map(parts.table()::ofProject).orElseGet(parts.table()::all).stream()
                .map(summaries::container)
                .toList();
    }

    @Override
    public String inspect(String container) {
        return inspection.run(container);
    }

    @Override
    public boolean start(String container) {
        return life.start(container);
    }

    @Override
    public boolean stop(String container, @Nullable Integer graceSeconds) {
        return life.stop(container, graceSeconds);
    }

    @Override
    public void restart(String container, @Nullable Integer graceSeconds) {
        life.restart(container, graceSeconds);
    }

    @Override
    public void kill(String container, String signal) {
        life.kill(container, signal);
    }

    @Override
    public void pause(String container) {
        life.pause(container);
    }

    @Override
    public void unpause(String container) {
        life.unpause(container);
    }

    @Override
    public int await(String container, WaitCondition condition, Runnable begun) {
        return life.await(container, condition, begun);
    }

    @Override
    public void remove(String container, boolean force, boolean volumes) {
        life.remove(container, force, volumes);
    }

    @Override
    public ExecSession exec(ExecRequest request) {
        return exec.run(request);
    }

    @Override
    public AttachSession attach(AttachRequest request) {
        return life.attach(request);
    }

    @Override
    public PathStat stat(String container, String path) {
        return files.stat(container, path);
    }

    @Override
    public void copyFrom(String container, String path, OutputStream tar) {
        files.read(container, path, tar);
    }

    @Override
    public void copyTo(
            String container, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser) {
        files.write(container, path, tar, noOverwriteDirNonDir, containerUser);
    }

    @Override
    public void erase(String container, List<String> paths) {
        files.erase(container, paths);
    }

    @Override
    public void export(String container, OutputStream tar) {
        files.export(container, tar);
    }

    @Override
    public ContainerProcesses top(String container) {
        return usage.top(container);
    }

    @Override
    public ContainerStats stats(String container) {
        return usage.stats(container);
    }

    @Override
    public void resize(String container, int rows, int columns) {
        AttachedClient.resize(parts, parts.table().find(container), rows, columns);
    }

    @Override
    public String commit(CommitRequest request) {
        return commits.run(request);
    }
}

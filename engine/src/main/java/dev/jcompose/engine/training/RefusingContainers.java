package dev.jcompose.engine.training;

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
import dev.jcompose.engine.api.WaitCondition;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses everything that is done to containers: whoever plays an engine overrides what is to be played. */
public abstract class RefusingContainers implements ContainerOperations {

    @Override
    public List<ContainerSummary> list(Optional<String> project) {
        throw RefusingEngine.refused();
    }

    @Override
    public boolean start(String container) {
        throw RefusingEngine.refused();
    }

    @Override
    public boolean stop(String container, @Nullable Integer graceSeconds) {
        throw RefusingEngine.refused();
    }

    @Override
    public void restart(String container, @Nullable Integer graceSeconds) {
        throw RefusingEngine.refused();
    }

    @Override
    public void kill(String container, String signal) {
        throw RefusingEngine.refused();
    }

    @Override
    public void pause(String container) {
        throw RefusingEngine.refused();
    }

    @Override
    public void unpause(String container) {
        throw RefusingEngine.refused();
    }

    @Override
    public int await(String container, WaitCondition condition, Runnable begun) {
        throw RefusingEngine.refused();
    }

    @Override
    public void remove(String container, boolean force, boolean volumes) {
        throw RefusingEngine.refused();
    }

    @Override
    public ExecSession exec(ExecRequest request) {
        throw RefusingEngine.refused();
    }

    @Override
    public AttachSession attach(AttachRequest request) {
        throw RefusingEngine.refused();
    }

    @Override
    public PathStat stat(String container, String path) {
        throw RefusingEngine.refused();
    }

    @Override
    public void copyFrom(String container, String path, OutputStream tar) {
        throw RefusingEngine.refused();
    }

    @Override
    public void copyTo(
            String container, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser) {
        throw RefusingEngine.refused();
    }

    @Override
    public void erase(String container, List<String> paths) {
        throw RefusingEngine.refused();
    }

    @Override
    public void export(String container, OutputStream tar) {
        throw RefusingEngine.refused();
    }

    @Override
    public ContainerProcesses top(String container) {
        throw RefusingEngine.refused();
    }

    @Override
    public String inspect(String container) {
        throw RefusingEngine.refused();
    }

    @Override
    public ContainerStats stats(String container) {
        throw RefusingEngine.refused();
    }

    @Override
    public void resize(String container, int rows, int columns) {
        throw RefusingEngine.refused();
    }

    @Override
    public String commit(CommitRequest request) {
        throw RefusingEngine.refused();
    }
}

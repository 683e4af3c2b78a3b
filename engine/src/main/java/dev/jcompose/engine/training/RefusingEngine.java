package dev.jcompose.engine.training;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.ContainerProcesses;
import dev.jcompose.engine.api.ContainerStats;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.DnsReport;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.VolumeSummary;
import dev.jcompose.engine.api.WaitCondition;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses everything that is done to containers: whoever plays an engine overrides what is to be played. */
public abstract class RefusingEngine implements EngineApi {

    private static EngineException refused() {
        return new EngineException(EngineException.Kind.FAILED, "this engine is only played");
    }

    @Override
    public DnsReport resolve(String container, String name, String type) {
        throw refused();
    }

    @Override
    public List<ContainerSummary> containers(Optional<String> project) {
        throw refused();
    }

    @Override
    public boolean startContainer(String container) {
        throw refused();
    }

    @Override
    public boolean stopContainer(String container, @Nullable Integer graceSeconds) {
        throw refused();
    }

    @Override
    public void restartContainer(String container, @Nullable Integer graceSeconds) {
        throw refused();
    }

    @Override
    public void killContainer(String container, String signal) {
        throw refused();
    }

    @Override
    public void pauseContainer(String container) {
        throw refused();
    }

    @Override
    public void unpauseContainer(String container) {
        throw refused();
    }

    @Override
    public int waitContainer(String container, WaitCondition condition) {
        throw refused();
    }

    @Override
    public void removeContainer(String container, boolean force, boolean volumes) {
        throw refused();
    }

    @Override
    public AttachSession attach(AttachRequest request) {
        throw refused();
    }

    @Override
    public PathStat statPath(String container, String path) {
        throw refused();
    }

    @Override
    public void copyFrom(String container, String path, OutputStream tar) {
        throw refused();
    }

    @Override
    public void copyTo(
            String container, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser) {
        throw refused();
    }

    @Override
    public void exportContainer(String container, OutputStream tar) {
        throw refused();
    }

    @Override
    public ContainerProcesses top(String container) {
        throw refused();
    }

    @Override
    public ContainerStats stats(String container) {
        throw refused();
    }

    @Override
    public void resizeContainer(String container, int rows, int columns) {
        throw refused();
    }

    @Override
    public String createRun(RunRequest request, EventListener listener) {
        throw refused();
    }

    @Override
    public ExecSession exec(ExecRequest request) {
        throw refused();
    }

    @Override
    public List<NetworkSummary> networks() {
        throw refused();
    }

    @Override
    public NetworkSummary createNetwork(NetworkRequest request) {
        throw refused();
    }

    @Override
    public void removeNetwork(String network) {
        throw refused();
    }

    @Override
    public List<VolumeSummary> volumes() {
        throw refused();
    }

    @Override
    public VolumeSummary createVolume(
            String name, String driver, Map<String, String> options, Map<String, String> labels) {
        throw refused();
    }

    @Override
    public void removeVolume(String name, boolean force) {
        throw refused();
    }

    @Override
    public PrunedVolumes pruneVolumes(boolean all) {
        throw refused();
    }
}

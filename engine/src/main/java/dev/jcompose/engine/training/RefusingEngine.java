package dev.jcompose.engine.training;

import dev.jcompose.engine.api.BuildOperations;
import dev.jcompose.engine.api.ContainerOperations;
import dev.jcompose.engine.api.DnsOperations;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.VolumeOperations;

/** Refuses everything: whoever plays an engine overrides what is to be played. */
public abstract class RefusingEngine implements EngineApi {

    static EngineException refused() {
        return new EngineException(EngineException.Kind.FAILED, "this engine is only played");
    }

    @Override
    public ProjectOperations projects() {
        return new RefusingProjects() {};
    }

    @Override
    public ContainerOperations containers() {
        return new RefusingContainers() {};
    }

    @Override
    public ImageOperations images() {
        return new RefusingImages() {};
    }

    @Override
    public BuildOperations builds() {
        return (request, listener) -> {
            throw refused();
        };
    }

    @Override
    public NetworkOperations networks() {
        return new RefusingNetworks() {};
    }

    @Override
    public DnsOperations dns() {
        return (container, name, type) -> {
            throw refused();
        };
    }

    @Override
    public VolumeOperations volumes() {
        return new RefusingVolumes() {};
    }
}

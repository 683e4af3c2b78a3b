package dev.jcompose.engine.training;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ProjectOperations;
import dev.jcompose.engine.api.ProjectSummary;
import dev.jcompose.engine.api.RunRequest;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;
import java.util.List;

/** Refuses everything that is done to projects: whoever plays an engine overrides what is to be played. */
public abstract class RefusingProjects implements ProjectOperations {

    @Override
    public void up(UpRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public void down(DownRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public void start(ServicesRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public void stop(ServicesRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public void restart(ServicesRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public void kill(ServicesRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public void remove(ServicesRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public String createRun(RunRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public List<ProjectSummary> list() {
        throw RefusingEngine.refused();
    }
}

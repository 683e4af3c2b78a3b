package dev.jcompose.engine.training;

import dev.jcompose.engine.api.DownRequest;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ServicesRequest;
import dev.jcompose.engine.api.UpRequest;

/** Takes everything that is done to projects, whatever it is, to one place: whoever plays an engine does it alike. */
public abstract class PlayedProjects extends RefusingProjects {

    /**
     * Plays an operation.
     *
     * @param operation the name of the method that was called: up, down, start, stop, restart, kill or remove
     * @param request an {@link UpRequest}, a {@link DownRequest} or a {@link ServicesRequest}
     */
    protected abstract void play(String operation, Object request, EventListener listener);

    @Override
    public final void up(UpRequest request, EventListener listener) {
        play("up", request, listener);
    }

    @Override
    public final void down(DownRequest request, EventListener listener) {
        play("down", request, listener);
    }

    @Override
    public final void start(ServicesRequest request, EventListener listener) {
        play("start", request, listener);
    }

    @Override
    public final void stop(ServicesRequest request, EventListener listener) {
        play("stop", request, listener);
    }

    @Override
    public final void restart(ServicesRequest request, EventListener listener) {
        play("restart", request, listener);
    }

    @Override
    public final void kill(ServicesRequest request, EventListener listener) {
        play("kill", request, listener);
    }

    @Override
    public final void remove(ServicesRequest request, EventListener listener) {
        play("remove", request, listener);
    }
}

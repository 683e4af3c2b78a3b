package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.assemble.ExecAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.exec.CommandSession;
import dev.jcompose.engine.exec.FailedSession;
import dev.jcompose.engine.lifecycle.ExecEvents;
import dev.jcompose.engine.lifecycle.LiveContainer;
import dev.jcompose.images.Image;
import dev.jcompose.runtime.LaunchException;
import dev.jcompose.runtime.exec.ExecSpec;
import java.io.IOException;

/** Starts further commands in running containers. */
final class ExecCommand {
    private final EngineParts parts;

    ExecCommand(EngineParts parts) {
        this.parts = parts;
    }

    ExecSession run(ExecRequest request) {
        Container container = parts.table().find(request.container());
        LiveContainer live = parts.supervisor()
                .live(container)
                .orElseThrow(() -> new EngineException(Kind.CONFLICT, "container " + container + " is not running"));
        if (container.status().state() == ContainerState.PAUSED) {
            throw new EngineException(
                    Kind.CONFLICT, "container " + container + " is paused: unpause it before you run a command in it");
        }
        try {
            Image image = parts.imageLookup().of(container);
            ExecSpec spec = ExecAssembler.command(container, image, request);
            ExecEvents.One told = new ExecEvents(parts.bus(), parts.clock()).created(container, request.command());
            ExecSession session =
                    CommandSession.start(parts.linux(), parts.loop(), parts.runtime(), live.running(), spec, request);
            told.started();
            session.ended().thenAccept(told::died);
            return session;
        } catch (LaunchException e) {
            String reason = "container " + container + ": " + e.getMessage();
            if (request.detach()) {
                throw new EngineException(Kind.INVALID, reason, e);
            }
            return new FailedSession(e.exitCode(), reason);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot run a command in " + container + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }
}

package dev.jcompose.engine.core;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.ExecRequest;
import dev.jcompose.engine.api.ExecSession;
import dev.jcompose.engine.assemble.ExecAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.event.Events;
import dev.jcompose.engine.exec.CommandSession;
import dev.jcompose.engine.exec.FailedSession;
import dev.jcompose.engine.lifecycle.LiveContainer;
import dev.jcompose.images.Image;
import dev.jcompose.runtime.LaunchException;
import dev.jcompose.runtime.exec.ExecSpec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

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
        try {
            Image image = parts.imageLookup()
                    .byId(container.config().imageId(), container.service().image());
            ExecSpec spec = ExecAssembler.command(container, image, request);
            String id = UUID.randomUUID().toString().replace("-", "");
            tell(container, Action.EXEC_CREATED, request, Map.of("execID", id));
            ExecSession session =
                    CommandSession.start(parts.linux(), parts.loop(), parts.runtime(), live.running(), spec, request);
            tell(container, Action.EXEC_STARTED, request, Map.of("execID", id));
            session.ended()
                    .thenAccept(code -> tell(
                            container,
                            Action.EXEC_DIED,
                            request,
                            Map.of("execID", id, "exitCode", Integer.toString(code))));
            return session;
        } catch (LaunchException e) {
            return new FailedSession(e.exitCode(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot run a command in " + container + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private void tell(Container container, String action, ExecRequest request, Map<String, String> more) {
        ContainerConfig config = container.config();
        Map<String, String> attributes = new HashMap<>(more);
        attributes.put("service", config.service());
        new Events(config.project(), parts.clock(), parts.bus())
                .container(
                        config.id(),
                        config.name(),
                        action,
                        Status.DONE,
                        String.join(" ", request.command()),
                        attributes);
    }
}

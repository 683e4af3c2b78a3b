package dev.jcompose.engine.core;

import dev.jcompose.engine.api.CommitRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.assemble.CommandLine;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.lifecycle.LiveContainer;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.build.ContainerCommit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes images of what containers have changed. */
final class CommitCommand {
    private final EngineParts parts;

    CommitCommand(EngineParts parts) {
        this.parts = parts;
    }

    String run(CommitRequest request) {
        Container container = parts.table().find(request.container());
        Optional<LiveContainer> live = request.pause() ? parts.supervisor().live(container) : Optional.empty();
        boolean paused = false;
        try {
            ImageReference name = request.reference().isEmpty() ? null : ImageReference.parse(request.reference());
            if (live.isPresent() && !live.get().running().isPaused()) {
                live.get().running().pause();
                paused = true;
            }
            Image base = parts.imageLookup().of(container);
            List<String> command = CommandLine.of(container.service(), base.config());
            return new ContainerCommit(parts.linux(), parts.images(), parts.clock())
                    .commit(new ContainerCommit.Source(
                            base,
                            container.files().upper(),
                            name,
                            request.author(),
                            request.comment(),
                            String.join(" ", command),
                            request.changes()))
                    .id();
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot commit " + container + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        } finally {
            if (paused) {
                resume(container, live.get());
            }
        }
    }

    private static void resume(Container container, LiveContainer live) {
        try {
            live.running().resume();
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, "cannot let " + container + " go on: " + e.getMessage(), e);
        }
    }
}

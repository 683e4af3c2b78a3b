package dev.jcompose.engine.image;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.event.Events;
import dev.jcompose.images.registry.RegistryException;
import dev.jcompose.images.transfer.TransferEvent;
import dev.jcompose.images.transfer.TransferListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Set;

/** Tells of pulls and pushes in the engine's words. */
public final class TransferText {
    private static final Set<String> ENDS = Set.of(
            TransferEvent.Action.PULLED,
            TransferEvent.Action.EXISTS,
            TransferEvent.Action.PUSHED,
            TransferEvent.Action.THERE,
            TransferEvent.Action.DOWNLOADED);

    private TransferText() {}

    /** Turns the steps of an image's layers into events of that image; what is about the whole image is not told. */
    public static TransferListener layers(Events events, String image) {
        return step -> {
            if (!step.layer().isEmpty()) {
                boolean ended = ENDS.contains(step.action()) || step.action().startsWith(TransferEvent.Action.MOUNTED);
                events.image(
                        image,
                        step.action(),
                        ended ? Status.DONE : Status.WORKING,
                        "",
                        Map.of(
                                ImageOperations.LAYER, step.layer(),
                                ImageOperations.CURRENT, Long.toString(step.currentBytes()),
                                ImageOperations.TOTAL, Long.toString(step.totalBytes())));
            }
        };
    }

    /** What went wrong, for the user. */
    public static EngineException failure(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof InterruptedIOException) {
            return new EngineException(Kind.CANCELLED, message, e);
        }
        boolean missing =
                e instanceof RegistryException registry && registry.kind() == RegistryException.Kind.NOT_FOUND;
        return new EngineException(missing ? Kind.NOT_FOUND : Kind.FAILED, message, e);
    }
}

package dev.jcompose.cli.command;

import dev.jcompose.cli.command.image.ImageNames;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.OwnEvents;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.Event.Action;
import dev.jcompose.engine.api.Event.Status;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest.Item;
import java.util.ArrayList;
import java.util.List;

/** {@code pull} in a dry run: registries are asked for what they have, but nothing is downloaded. */
final class PullRehearsal {
    private final ImageOperations images;
    private final OwnEvents events;

    PullRehearsal(ImageOperations images, OwnEvents events) {
        this.images = images;
        this.events = events;
    }

    /**
     * Tells what would be pulled.
     *
     * @throws CommandException with a line for each image that cannot be had, unless failures are to be ignored
     */
    void run(PullImagesRequest request) {
        List<String> problems = new ArrayList<>();
        for (Item item : request.items()) {
            if (item.policy().equals("missing") && isPresent(item.image())) {
                events.image(item.image(), Action.SKIPPED, Status.DONE, "Image is already present locally");
                continue;
            }
            events.image(item.image(), Action.PULLING, Status.WORKING, "");
            try {
                String digest = images.resolve(item.image(), request.environment());
                events.image(item.image(), Action.PULLED, Status.DONE, digest);
            } catch (EngineException e) {
                String problem = String.valueOf(e.getMessage());
                if (request.ignoreFailures()) {
                    events.image(item.image(), Action.WARNING, Status.WARNING, problem);
                } else {
                    events.image(item.image(), Action.ERROR, Status.ERROR, "");
                    problems.add(problem);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandException(String.join("\n", problems));
        }
    }

    private boolean isPresent(String image) {
        String name = ImageNames.withTag(image);
        return images.list().stream().anyMatch(found -> found.names().contains(name));
    }
}

package dev.jcompose.engine.api;

import java.util.List;

/**
 * A container to make an image of.
 *
 * @param container id or name
 * @param reference the image's name; empty for none
 * @param author empty for none
 * @param comment empty for none
 * @param changes instructions of a Dockerfile that change the image's configuration
 * @param pause whether the container stands still meanwhile
 */
public record CommitRequest(
        String container, String reference, String author, String comment, List<String> changes, boolean pause) {
    public CommitRequest {
        changes = List.copyOf(changes);
    }
}

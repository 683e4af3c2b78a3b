package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of {@code develop.watch}.
 *
 * @param path absolute path
 * @param action what to do
 * @param target path in the container
 * @param exec command after a sync
 * @param include patterns; empty for all
 * @param ignore patterns
 * @param initialSync true: sync once at the start
 */
public record WatchRule(
        String path,
        Action action,
        @Nullable String target,
        @Nullable Hook exec,
        List<String> include,
        List<String> ignore,
        boolean initialSync) {

    public WatchRule {
        include = Immutable.list(include);
        ignore = Immutable.list(ignore);
    }

    /** What a change does. */
    public enum Action {
        /** The image is built again, and the container replaced. */
        REBUILD,
        /** The files are copied. */
        SYNC,
        /** The container is restarted. */
        RESTART,
        /** Copied, then restarted. */
        SYNC_RESTART,
        /** Copied, then the command is run. */
        SYNC_EXEC
    }
}

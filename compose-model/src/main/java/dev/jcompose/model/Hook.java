package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A lifecycle hook: {@code pre_start}, {@code post_start}, {@code pre_stop}, or the command of a watch rule.
 *
 * @param command argv; null: the image's, in {@code pre_start}
 * @param user null: the service's
 * @param image of {@code pre_start}: null: the service's
 * @param privileged with all capabilities
 * @param workingDir null: the service's
 * @param environment added to the service's
 * @param perReplica of {@code pre_start}: true: before the first start of each new container; false: once for the
 *     service
 */
public record Hook(
        @Nullable List<String> command,
        @Nullable String user,
        @Nullable String image,
        boolean privileged,
        @Nullable String workingDir,
        Map<String, @Nullable String> environment,
        boolean perReplica) {

    public Hook {
        command = command == null ? null : Immutable.list(command);
        environment = Immutable.map(environment);
    }
}

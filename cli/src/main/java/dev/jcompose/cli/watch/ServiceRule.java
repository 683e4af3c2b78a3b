package dev.jcompose.cli.watch;

import dev.jcompose.engine.watch.RuleFilter;
import dev.jcompose.model.WatchRule;
import java.nio.file.Path;

/**
 * A rule, and the service that it is of.
 *
 * @param filter which files it is about
 */
record ServiceRule(String service, WatchRule rule, RuleFilter filter) {

    /** Whether files are copied. */
    boolean isSync() {
        return switch (rule.action()) {
            case SYNC, SYNC_RESTART, SYNC_EXEC -> true;
            case REBUILD, RESTART -> false;
        };
    }

    /** Where a file of the rule is in the container. */
    String target(Path file) {
        Path base = Path.of("/").resolve(String.valueOf(rule.target()));
        return base.resolve(Path.of(rule.path()).relativize(file).toString())
                .normalize()
                .toString();
    }
}

package dev.jcompose.cli.man;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables that count, for the manual. */
final class Environment {
    /** By name, in the order of the page. */
    static final Map<String, String> VARIABLES = variables();

    private Environment() {}

    private static Map<String, String> variables() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("COMPOSE_FILE", "the Compose files, separated by colons or COMPOSE_PATH_SEPARATOR");
        all.put("COMPOSE_PROJECT_NAME", "the name of the project");
        all.put("COMPOSE_PROFILES", "profiles to enable, separated by commas");
        all.put("COMPOSE_ENV_FILES", "files to read in place of .env, separated by commas");
        all.put("COMPOSE_DISABLE_ENV_FILE", "true: no .env is read");
        all.put("COMPOSE_REMOVE_ORPHANS", "true: as --remove-orphans");
        all.put("COMPOSE_IGNORE_ORPHANS", "true: containers of services that are not in the file are not mentioned");
        all.put("COMPOSE_PARALLEL_LIMIT", "as --parallel");
        all.put("COMPOSE_ANSI", "as --ansi");
        all.put("COMPOSE_PROGRESS", "as --progress");
        all.put("COMPOSE_STATUS_STDOUT", "true: progress goes to standard output");
        all.put("COMPOSE_COMPATIBILITY", "true: as --compatibility");
        all.put("NO_COLOR", "not empty: no colours");
        all.put("TERM", "dumb: no colours, and no display that moves");
        all.put("COLUMNS", "the width of the help");
        all.put("JCOMPOSE_RUN_DIR, JCOMPOSE_DATA_DIR", "other directories, and so another engine");
        all.put("JCOMPOSE_JAVA_HOME", "the JDK to use instead of the newest one");
        all.put(
                "JCOMPOSE_LOG_LEVEL",
                "how much the engine.log of an engine says: trace, debug, info, warn, error, off");
        all.put("JCOMPOSE_DEBUG", "true: errors are shown with their stack traces");
        return Collections.unmodifiableMap(all);
    }
}

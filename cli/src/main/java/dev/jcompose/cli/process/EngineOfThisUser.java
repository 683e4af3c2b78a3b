package dev.jcompose.cli.process;

import dev.jcompose.cli.world.EngineAccess;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.client.EngineClient;
import dev.jcompose.engine.client.EngineLaunch;
import dev.jcompose.engine.client.EngineStarter;
import dev.jcompose.engine.home.BuildId;
import dev.jcompose.engine.home.EngineDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The engine of the user who runs the command, in the directories of the environment. */
public final class EngineOfThisUser implements EngineAccess {
    /** By its name: the commands know nothing of the engine's own process. */
    private static final String ENGINE = "dev.jcompose.cli.hosted.EngineWithCommands";

    private final EngineStarter starter;

    private EngineOfThisUser(EngineStarter starter) {
        this.starter = starter;
    }

    /**
     * Reads how to start one from what the launcher says: {@code jcompose.java}, {@code jcompose.classpath} and
     * {@code jcompose.engine.options} (one per line); without them it is started as this JVM was.
     */
    public static EngineOfThisUser of(Map<String, String> environment, Properties properties) {
        boolean root = isRoot();
        String java = properties.getProperty("jcompose.java", properties.getProperty("java.home") + "/bin/java");
        String classPath = properties.getProperty("jcompose.classpath", properties.getProperty("java.class.path", ""));
        String options = properties.getProperty("jcompose.engine.options");
        List<String> words = options == null
                ? EngineLaunch.DEFAULT_OPTIONS
                : options.lines().filter(line -> !line.isBlank()).toList();
        return new EngineOfThisUser(new EngineStarter(
                EngineDirectories.of(environment, root),
                new EngineLaunch(Path.of(java), words, classPath, ENGINE),
                BuildId.current(),
                environment,
                root));
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public EngineApi connect() {
        return starter.connect();
    }

    @Override
    public Optional<EngineVersion> running() {
        return starter.running().map(EngineClient::version);
    }

    @Override
    public boolean stop(boolean force) {
        Optional<EngineClient> client = starter.running();
        client.ifPresent(engine -> engine.stopEngine(force));
        return client.isPresent();
    }
}

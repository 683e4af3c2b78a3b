package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.home.EngineDirectories;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A process that is on its way to be an engine, and what it has said so far. */
final class EngineProcess {
    /** What an engine may know of the environment of whoever happened to start it. */
    private static final Set<String> KEPT = Set.of(
            "PATH",
            "HOME",
            "XDG_DATA_HOME",
            "XDG_RUNTIME_DIR",
            "XDG_CACHE_HOME",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "DOCKER_CONFIG",
            "SSL_CERT_FILE");

    private static final int SHOWN_LINES = 12;

    private final Process process;
    private final Path log;
    private final long logStart;

    private EngineProcess(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /** Starts one; its output goes to the engine's log. */
    static EngineProcess start(EngineLaunch launch, EngineDirectories directories, Map<String, String> environment)
            throws IOException {
        Path log = directories.log();
        // Before the engine begins a session of its own, it must survive a Ctrl-C that is meant for the command. And
        // what it makes must not depend on who happened to start it.
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; umask 022; exec \"$0\" \"$@\""));
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment(environment, directories));
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        return new EngineProcess(builder.start(), log, logStart);
    }

    private static Map<String, String> environment(Map<String, String> caller, EngineDirectories directories) {
        Map<String, String> kept = new LinkedHashMap<>();
        caller.forEach((name, value) -> {
            if (KEPT.contains(name) || name.startsWith("JCOMPOSE_")) {
                kept.put(name, value);
            }
        });
        // One malloc arena instead of one per thread.
        kept.put("MALLOC_ARENA_MAX", "1");
        // The JVM opens files by names of this encoding.
        kept.put("LC_ALL", "C.UTF-8");
        kept.put("JCOMPOSE_DATA_DIR", directories.data().toString());
        kept.put("JCOMPOSE_RUN_DIR", directories.run().toString());
        return kept;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended and the last lines that it wrote. */
    String lastWords() {
        String how = process.isAlive() ? "it does not answer" : "it ended with code " + process.exitValue();
        return how + "; its log %s says:\n%s".formatted(log, tail());
    }

    private String tail() {
        try {
            byte[] all = Files.readAllBytes(log);
            int start = (int) Math.min(logStart, all.length);
            List<String> lines =
                    new String(all, start, all.length - start, UTF_8).lines().toList();
            return lines.isEmpty()
                    ? "  (nothing)"
                    : lines.stream()
                            .skip(Math.max(0, lines.size() - SHOWN_LINES))
                            .map(line -> "  " + line)
                            .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "  (cannot be read: %s)".formatted(e.getMessage());
        }
    }
}

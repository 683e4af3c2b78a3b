package dev.jcompose.engine.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start an engine's process.
 *
 * @param java the program
 * @param options of the JVM
 * @param mainClass {@code dev.jcompose.engine.EngineMain}, or one that starts an engine which also runs commands
 */
public record EngineLaunch(Path java, List<String> options, String classPath, String mainClass) {

    /** What keeps an engine small that {@code ./jcompose} does not start; that has options for its JDK as well. */
    public static final List<String> DEFAULT_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms6m",
            "-Xmn3m",
            "-Xmx64m",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=15",
            "-XX:-ShrinkHeapInSteps",
            "-Xss512k",
            "-XX:ReservedCodeCacheSize=24m",
            "-XX:-UsePerfData",
            "-Djnr.ffi.asm.enabled=false",
            "-Dio.netty.allocator.type=unpooled",
            "-Dio.netty.noPreferDirect=true",
            "-Dio.netty.jfr.enabled=false");

    public EngineLaunch {
        options = List.copyOf(options);
    }

    /** The command, without its arguments: the engine finds its directories in its environment. */
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        return command;
    }
}

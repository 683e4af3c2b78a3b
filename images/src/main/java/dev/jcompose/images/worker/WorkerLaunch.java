package dev.jcompose.images.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How to start a worker.
 *
 * @param java the program
 * @param classPath holds {@link WorkerMain}
 * @param libraryPath of native libraries; empty for the JVM's own
 * @param archives JVM options that name archives of classes on this class path
 */
public record WorkerLaunch(String java, String classPath, String libraryPath, List<String> archives) {
    public WorkerLaunch {
        archives = List.copyOf(archives);
    }

    /** Both of the JVM's compilers, and a heap for a few layers at once. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Xss512k",
            "-XX:-UsePerfData",
            // The second compiler is for hashing, which its intrinsics make ten times as fast. With the usual
            // thresholds it takes a fifth of all processor time for methods that are not needed for long.
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000",
            // The worker's answers are the only thing on its output.
            "-Xlog:disable",
            // An archive of classes that was made for a JVM with one compiler has code that does not suit this one.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTAdapterCaching",
            "-XX:-AOTStubCaching",
            "-Djnr.ffi.asm.enabled=false",
            "-Djdk.http.auth.tunneling.disabledSchemes=",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    /** With what this process was started with. */
    public static WorkerLaunch likeThisProcess() {
        return new WorkerLaunch(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                System.getProperty("java.library.path", ""),
                archivesOfThisProcess());
    }

    private static List<String> archivesOfThisProcess() {
        String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
        return Arrays.stream(arguments)
                .filter(argument ->
                        argument.startsWith("-XX:AOTCache=") || argument.startsWith("-XX:SharedArchiveFile="))
                .toList();
    }

    /** Starts one for a store; what it prints goes where this process prints errors. */
    Process start(Path store) throws IOException {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(OPTIONS);
        command.addAll(archives);
        if (!libraryPath.isEmpty()) {
            command.add("-Djava.library.path=" + libraryPath);
        }
        command.addAll(List.of("-cp", classPath, WorkerMain.class.getName(), store.toString()));
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

package dev.jcompose.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A warm engine of its own for one benchmark, driven by {@code ./jcompose} as a person would. A project {@code alive}
 * keeps it from leaving. Needs root; to be run in the source tree.
 */
final class BenchEngine {
    private final Path folder;

    private BenchEngine(Path folder) {
        this.folder = folder;
    }

    /** Starts it. */
    static BenchEngine start() throws IOException, InterruptedException {
        BenchEngine engine = new BenchEngine(Files.createTempDirectory("jcompose-bench"));
        engine.sleepers("alive", 1);
        engine.jcompose("alive", "up", "-d");
        return engine;
    }

    /** Writes a project of services that do nothing, in a network that is large enough. */
    void sleepers(String name, int count) throws IOException {
        project(
                name,
                IntStream.rangeClosed(1, count)
                                .mapToObj(i -> "  s" + i + ": {image: localhost/host, command: sleep 1000}\n")
                                .collect(Collectors.joining())
                        + (count < 200 ? "" : "networks: {default: {ipam: {config: [{subnet: 10.251.0.0/16}]}}}\n"));
    }

    /** Writes a project; {@code services} is what stands under that key. */
    void project(String name, String services) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), "name: " + name + "\nservices:\n" + services);
    }

    /** Runs a command about a project to its end, which must be a good one; what it has printed. */
    String jcompose(String project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of("jcompose").toAbsolutePath().toString(),
                "-f",
                folder.resolve(project + ".yaml").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JCOMPOSE_RUN_DIR", folder.resolve("run").toString());
        builder.environment().put("JCOMPOSE_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("JCOMPOSE_BUILD", "never");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** Removes everything; the engine leaves by itself. */
    void stop() throws IOException, InterruptedException {
        jcompose("alive", "down", "-t", "0");
        try (var files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Resident and anonymous memory of the engine, as proc_pid_status(5) has them. */
    String memory() throws IOException {
        String mark = "JCOMPOSE_RUN_DIR=" + folder.resolve("run") + "\0";
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            if (read(proc.resolve("environ")).contains(mark)
                    && read(proc.resolve("cmdline")).contains("dev.jcompose.engine.")) {
                return read(proc.resolve("status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS") || line.startsWith("RssAnon"))
                        .map(line -> line.replaceAll("\\s+", " "))
                        .collect(Collectors.joining(", "));
            }
        }
        return "not found";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}

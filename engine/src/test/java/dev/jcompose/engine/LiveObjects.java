package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is reachable in the heap of a JVM: how many instances of the classes that are ours, or that stand for something
 * which somebody has to close. How many that are depends on nothing but the program, unlike bytes.
 *
 * @param instances by the name of the class
 * @param bytes of all classes
 */
record LiveObjects(Map<String, Long> instances, long bytes) {
    // " 12:   345   6789  dev.jcompose.engine.core.Engine" or "... java.lang.Thread (java.base@17.0.1)"
    private static final Pattern LINE = Pattern.compile(" *\\d+: +(\\d+) +\\d+ +(\\S+).*");
    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");
    private static final Pattern COUNTED = Pattern.compile(
            "dev\\.jcompose\\..*|io\\.netty\\.channel\\..*|sun\\.nio\\.ch\\..*"
                    + "|java\\.io\\.FileDescriptor|java\\.lang\\.Thread|java\\.util\\.concurrent\\..*(Future|FutureTask|Completion)");

    /** Looks after a collection; {@code process} has the same user, and a JVM that listens to jcmd. */
    static LiveObjects of(long process) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(output).isZero();
        Map<String, Long> instances = new TreeMap<>();
        long bytes = 0;
        for (String text : output.lines().toList()) {
            Matcher line = LINE.matcher(text);
            Matcher total = TOTAL.matcher(text);
            if (line.matches() && COUNTED.matcher(line.group(2)).matches()) {
                instances.merge(line.group(2), Long.valueOf(line.group(1)), Long::sum);
            } else if (total.matches()) {
                bytes = Long.parseLong(total.group(1));
            }
        }
        assertThat(bytes).as(output).isPositive();
        return new LiveObjects(instances, bytes);
    }

    /** The classes of which there are at least so many more than before, and how many more. */
    Map<String, Long> grown(LiveObjects before, int least) {
        Map<String, Long> grown = new TreeMap<>();
        instances.forEach((name, count) -> {
            long more = count - before.instances().getOrDefault(name, 0L);
            if (more >= least) {
                grown.put(name, more);
            }
        });
        return grown;
    }
}

package dev.jcompose.runtime.seccomp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Errno;
import dev.jcompose.runtime.capability.CapabilitySet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has the real kernel apply the filter to a small C program, which tries calls. Needs no root, but a C compiler. */
class SeccompFilterIT {
    private static final SyscallTable NATIVE =
            SyscallTable.load(Abi.of(Arch.current()).get(0));
    private static final SyscallTable I386 = SyscallTable.load(Abi.I386);

    @TempDir
    Path directory;

    private Path probe;

    @BeforeEach
    void compileProbe() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/cc")).as("a C compiler").exists();
        Path source = directory.resolve("probe.c");
        try (InputStream resource = SeccompFilterIT.class.getResourceAsStream("probe.c")) {
            Files.copy(resource, source);
        }
        probe = directory.resolve("probe");
        assertThat(run(List.of("/usr/bin/cc", "-o", probe.toString(), source.toString())))
                .isEmpty();
    }

    @Test
    void theKernelDecidesAsTheTableSays() throws Exception {
        Map<String, Integer> results = probe(
                CapabilitySet.DEFAULT,
                call("getpid"),
                call("socket", 2, 1, 0),
                call("socket", 38, 5, 0),
                call("socket", 40, 1, 0),
                call("unshare", 0x10000000),
                call("clone", 0x10000000 | 17),
                call("clone3", 0, 0),
                call("mount", 0, 0, 0),
                call("bpf", 0, 0, 0),
                call("keyctl", 0, 0, 0),
                call("io_uring_setup", 1, 0),
                call("personality", 0xffffffffL),
                call("personality", 0x40000),
                "64:9999");
        assertThat(results)
                .isEqualTo(Map.ofEntries(
                        Map.entry(call("getpid"), 0),
                        Map.entry(call("socket", 2, 1, 0), 0),
                        Map.entry(call("socket", 38, 5, 0), Errno.EPERM.number()),
                        Map.entry(call("socket", 40, 1, 0), Errno.EPERM.number()),
                        Map.entry(call("unshare", 0x10000000), Errno.EPERM.number()),
                        Map.entry(call("clone", 0x10000000 | 17), Errno.EPERM.number()),
                        Map.entry(call("clone3", 0, 0), Errno.ENOSYS.number()),
                        Map.entry(call("mount", 0, 0, 0), Errno.EPERM.number()),
                        Map.entry(call("bpf", 0, 0, 0), Errno.EPERM.number()),
                        Map.entry(call("keyctl", 0, 0, 0), Errno.EPERM.number()),
                        Map.entry(call("io_uring_setup", 1, 0), Errno.EPERM.number()),
                        Map.entry(call("personality", 0xffffffffL), 0),
                        Map.entry(call("personality", 0x40000), Errno.EPERM.number()),
                        Map.entry("64:9999", Errno.ENOSYS.number())));
    }

    @Test
    void withItsCapabilityACallReachesTheKernel() throws Exception {
        // The kernel's own answers: nothing to unshare is done, and there is no such descriptor.
        assertThat(probe(CapabilitySet.ALL, call("unshare", 0), call("setns", -1, 0)))
                .isEqualTo(Map.of(call("unshare", 0), 0, call("setns", -1, 0), Errno.EBADF.number()));
        assertThat(probe(CapabilitySet.NONE, call("unshare", 0), call("setns", -1, 0)))
                .isEqualTo(
                        Map.of(call("unshare", 0), Errno.EPERM.number(), call("setns", -1, 0), Errno.EPERM.number()));
    }

    @Test
    void callsOf32BitProgramsAreFilteredByTheirOwnNumbers() throws Exception {
        assumeThat(Arch.current())
                .as("architecture whose 32-bit calls can be tried")
                .isEqualTo(Arch.X86_64);
        String getpid = call32("getpid");
        assumeThat(probe(CapabilitySet.ALL, getpid))
                .as("a kernel with 32-bit calls")
                .isEqualTo(Map.of(getpid, 0));
        // Number 41 is dup for a 32-bit program, but socket for a 64-bit one.
        assertThat(probe(
                        CapabilitySet.DEFAULT,
                        call32("socket", 38, 5, 0),
                        call32("socket", 1, 1, 0),
                        call32("dup", 1),
                        call32("mount", 0, 0, 0),
                        "32:9999"))
                .isEqualTo(Map.of(
                        call32("socket", 38, 5, 0),
                        Errno.EPERM.number(),
                        call32("socket", 1, 1, 0),
                        0,
                        call32("dup", 1),
                        0,
                        call32("mount", 0, 0, 0),
                        Errno.EPERM.number(),
                        "32:9999",
                        Errno.ENOSYS.number()));
    }

    private static String call(String name, long... arguments) {
        return format(64, NATIVE.number(name).orElseThrow(), arguments);
    }

    private static String call32(String name, long... arguments) {
        return format(32, I386.number(name).orElseThrow(), arguments);
    }

    private static String format(int bits, int number, long... arguments) {
        StringBuilder text = new StringBuilder(bits + ":" + number);
        for (long argument : arguments) {
            text.append(":0x").append(Long.toHexString(argument));
        }
        return text.toString();
    }

    /** The errno of each call, 0 for success. */
    private Map<String, Integer> probe(CapabilitySet capabilities, String... calls) throws Exception {
        Path filter = directory.resolve("filter");
        Files.write(
                filter,
                new SeccompFilters(Arch.current()).forCapabilities(capabilities).toBytes());
        List<String> command = new ArrayList<>(List.of(probe.toString(), filter.toString()));
        command.addAll(List.of(calls));
        return run(command).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> -Integer.parseInt(words[1])));
    }

    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.lines().toList();
    }
}

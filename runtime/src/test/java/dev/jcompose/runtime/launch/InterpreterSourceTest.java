package dev.jcompose.runtime.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.linux.Arch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterSourceTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"X86_64, launch-x86_64.S, x86_64-linux-gnu-", "AARCH64, launch-aarch64.S, aarch64-linux-gnu-"})
    void theBytesAreWhatTheSourceAssemblesTo(Arch arch, String source, String prefix) throws Exception {
        Path assembler = tool(prefix + "as");
        Path objcopy = tool(prefix + "objcopy");
        Path object = directory.resolve("launch.o");
        Path code = directory.resolve("launch.bin");

        run(assembler.toString(), "-o", object.toString(), "src/main/asm/" + source);
        run(objcopy.toString(), "-O", "binary", "-j", ".text", object.toString(), code.toString());

        assertThat(Interpreter.code(arch)).isEqualTo(Files.readAllBytes(code));
    }

    private static Path tool(String name) {
        for (String folder : System.getenv("PATH").split(":")) {
            Path file = Path.of(folder, name);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        assumeTrue(false, name + " is not installed (packages binutils, binutils-aarch64-linux-gnu)");
        throw new AssertionError();
    }

    private void run(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(Arrays.asList(command));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(line.toString()).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", line, Files.readString(directory.resolve("output")))
                .isZero();
    }
}

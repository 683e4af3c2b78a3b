package dev.jcompose.engine.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandInProgramTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void isSmallAndAsksForTheEndpoint(Arch arch) {
        byte[] program = StandInProgram.build(arch);

        assertThat(program).startsWith(0x7f, 'E', 'L', 'F').hasSizeLessThan(4096);
        assertThat(new String(program, StandardCharsets.ISO_8859_1))
                .contains("POST /compose/stand-in HTTP/1.1\r\n", "/proc/self/fd/9/engine.sock\0");
    }

    @Test
    void whereThereIsNoEngineItDeclines() throws Exception {
        Path program = folder.resolve("stand-in");
        StandInProgram.write(program);

        Process process =
                new ProcessBuilder("sh", "-c", "\"$0\" ps 9<\"$1\"", program.toString(), folder.toString()).start();

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(StandInProgram.DECLINED);
        assertThat(Files.getPosixFilePermissions(program)).hasSize(3);
    }

    @Test
    void itIsToldToExitWithTheCommandsCode() {
        ByteBuffer verdict = ByteBuffer.wrap(StandInProgram.verdict(3)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(verdict.getLong()).isEqualTo(Syscall.EXIT.number(Arch.current()));
        assertThat(verdict.getLong()).isEqualTo(3);
        assertThat(verdict.hasRemaining()).isFalse();
    }
}

package dev.jcompose.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessOutputTest {
    private final List<LostOutput> losses = new ArrayList<>();

    @Test
    void handsOnWhatIsWritten() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (ProcessOutput output = new ProcessOutput(target, losses::add)) {
            output.write("ab".getBytes(UTF_8));
            output.write('c');
        }

        assertThat(target.toString(UTF_8)).isEqualTo("abc");
        assertThat(losses).isEmpty();
    }

    @Test
    void anErrorIsComplainedOfAndIsAFailure() {
        fail("No space left on device");

        assertThat(losses).singleElement().satisfies(lost -> {
            assertThat(lost.exitCode()).isEqualTo(1);
            assertThat(lost.complaint()).contains("write to standard output: No space left on device");
        });
    }

    @Test
    void aPipeThatNobodyReadsEndsAsIfBySigpipeAndInSilence() {
        fail("Broken pipe");

        assertThat(losses).singleElement().satisfies(lost -> {
            assertThat(lost.exitCode()).isEqualTo(128 + 13);
            assertThat(lost.complaint()).isEmpty();
        });
    }

    @SuppressWarnings("resource") // closing it would write again
    private void fail(String message) {
        ProcessOutput output = new ProcessOutput(new Failing(message), losses::add);
        assertThatThrownBy(() -> output.write('x')).isInstanceOf(IOException.class);
    }

    private static final class Failing extends OutputStream {
        private final String message;

        Failing(String message) {
            this.message = message;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(message);
        }
    }
}

package dev.jcompose.samples.acceptance;

import dev.jcompose.linux.testing.HostSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each test has an engine of its own in a folder of its own, and ends by finding that nothing is left. */
@ExtendWith(StartUpArchives.class)
abstract class AcceptanceScenario {
    /** The current folder of the commands. */
    @TempDir
    Path folder;

    /** Types commands there. */
    Jcompose jcompose;

    /** What was on the host. */
    HostSnapshot before;

    @BeforeEach
    void lookAtTheHost() {
        jcompose = Jcompose.in(folder);
        before = jcompose.snapshot();
    }

    @AfterEach
    void leaveNothing() throws IOException, InterruptedException {
        jcompose.leaveNothing(before);
    }

    /** Writes the Compose file. */
    final void write(String composeFile) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), composeFile);
    }
}

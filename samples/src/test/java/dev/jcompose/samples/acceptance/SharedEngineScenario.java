package dev.jcompose.samples.acceptance;

import dev.jcompose.linux.testing.HostSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All tests of a class have one engine in one folder, and nothing is left after the last. */
@ExtendWith(StartUpArchives.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedEngineScenario {
    /** The current folder of the commands. */
    Path folder;

    /** Types commands there. */
    Jcompose jcompose;

    private HostSnapshot before;

    @BeforeAll
    void lookAtTheHost(@TempDir Path temporary) {
        folder = temporary;
        jcompose = Jcompose.in(folder);
        before = jcompose.snapshot();
    }

    @AfterAll
    void leaveNothing() throws IOException, InterruptedException {
        jcompose.leaveNothing(before);
    }

    /** Writes the Compose file. */
    final void write(String composeFile) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), composeFile);
    }
}

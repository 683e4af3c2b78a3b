package dev.jcompose.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FilePagesTest {
    /** Those of this test's JVM, which goes on with what it uses of them. */
    @Test
    void whatIsLetGoIsResidentNoLonger() throws IOException {
        FilePages pages = FilePages.mappedNow();
        Linux linux = Linux.load();
        long before = FilePages.residentBytes();
        pages.release(linux);
        assertThat(FilePages.residentBytes()).isPositive().isLessThan(before);
    }
}

package dev.jcompose.runtime;

import dev.jcompose.linux.Syscall;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The same on kernels where launch programs mount the root file system themselves. */
@RequiresRoot
class RootfsWithoutFsopenIT extends RootfsIT {
    @Override
    TestContainers containers(Path place) throws IOException {
        return new TestContainers(place, Set.of(Syscall.FSOPEN));
    }
}

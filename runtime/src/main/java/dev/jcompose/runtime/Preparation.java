package dev.jcompose.runtime;

import dev.jcompose.runtime.rootfs.DetachedOverlay;
import dev.jcompose.runtime.user.ResolvedUser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is made for a container on other threads, while its launch program is compiled.
 *
 * @param user as whom it executes its command
 * @param files what the runtime keeps of it; whatever could not be made is undone already
 * @param root its root file system, attached nowhere; null if its launch program mounts that
 */
record Preparation(
        Concurrent<ResolvedUser> user,
        Concurrent<ContainerFiles> files,
        @Nullable Concurrent<DetachedOverlay.Mounted> root)
        implements AutoCloseable {

    /** Removes the files, if there are any; gives back {@code e}, which says why. */
    LaunchException undone(LaunchException e) {
        try {
            files.ifMade(ContainerFiles::delete);
        } catch (IOException undoing) {
            e.addSuppressed(undoing);
        }
        return e;
    }

    /** Waits for the root file system, and lets go of it: whoever was started with it has a descriptor of its own. */
    @Override
    public void close() {
        if (root != null) {
            root.ifMade(DetachedOverlay.Mounted::close);
        }
    }
}

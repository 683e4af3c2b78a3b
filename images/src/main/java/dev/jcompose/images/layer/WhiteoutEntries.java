package dev.jcompose.images.layer;

import static dev.jcompose.linux.Fcntl.AT_SYMLINK_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_PATH;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.linux.DirectoryEntry;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerDirectory;
import dev.jcompose.linux.overlay.LayerEntry;
import dev.jcompose.linux.overlay.LayerStack;
import dev.jcompose.linux.overlay.Whiteout;
import java.io.IOException;
import java.util.Optional;

/**
 * The entries of a layer that say that something below is gone: {@code .wh.NAME} for one name, {@code .wh..wh..opq} for
 * all that a directory has below. They never hide what the same layer brings.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts">OCI layers, whiteouts</a>
 */
final class WhiteoutEntries {
    private static final String PREFIX = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String AUFS = ".wh..wh.";

    private final Linux linux;
    private final LayerRoot root;
    private boolean topIsOpaque;

    WhiteoutEntries(Linux linux, LayerRoot root) {
        this.linux = linux;
        this.root = root;
    }

    static boolean isOne(LayerPath path) {
        return path.name().startsWith(PREFIX);
    }

    void write(LayerPath path) throws IOException {
        if (path.name().equals(OPAQUE)) {
            if (path.parent().isEmpty()) {
                topIsOpaque = true;
            } else {
                makeOpaque(root.directory(path.parent()));
            }
            return;
        }
        // Other names of this kind are what aufs kept for itself.
        if (!path.name().startsWith(AUFS)) {
            String hidden = path.name().substring(PREFIX.length());
            if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
                throw new LayerException("whiteout '" + path + "' names nothing");
            }
            if (isBelow(path.parent(), hidden)) {
                hide(root.directory(path.parent()), hidden);
            }
        }
    }

    /** Overlayfs ignores an opaque top, so everything that the layers below have there is hidden by name. */
    void finish() throws IOException {
        LayerStack below = topIsOpaque ? root.below().get() : null;
        if (below != null) {
            for (LayerEntry entry : below.root().list()) {
                hide(root.root(), entry.name());
            }
        }
    }

    /**
     * Whether there is anything to hide. A whiteout in a directory that only this layer has would be listed in it, as a
     * name that cannot be opened: overlayfs filters names only where it merges.
     */
    private boolean isBelow(String parent, String name) throws IOException {
        LayerStack below = root.below().get();
        Optional<LayerDirectory> directory = below == null ? Optional.empty() : below.directory(parent);
        if (directory.isEmpty()) {
            return false;
        }
        try (LayerDirectory there = directory.get()) {
            return there.find(name).isPresent();
        }
    }

    private void hide(Fd directory, String name) throws ErrnoException {
        if (!directory.equals(root.root()) && Whiteout.isOpaque(linux, directory)) {
            return;
        }
        try {
            Whiteout.create(linux, directory, name);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            if (linux.files().statx(directory, name, AT_SYMLINK_NOFOLLOW).isType(Fcntl.S_IFDIR)) {
                try (Fd own = linux.files().openat(directory, name, O_PATH | O_DIRECTORY | O_NOFOLLOW, 0)) {
                    makeOpaque(own);
                }
            }
        }
    }

    /** Marks a directory, and removes its whiteouts: it is not merged any more, so they would be listed. */
    private void makeOpaque(Fd directory) throws ErrnoException {
        Whiteout.setOpaque(linux, directory);
        try (Fd listing = linux.files().openat(directory, ".", O_RDONLY | O_DIRECTORY, 0)) {
            for (DirectoryEntry entry : linux.trees().list(listing)) {
                if (Whiteout.is(linux.files().statx(directory, entry.name(), AT_SYMLINK_NOFOLLOW))) {
                    linux.files().unlinkat(directory, entry.name(), 0);
                }
            }
        }
    }
}

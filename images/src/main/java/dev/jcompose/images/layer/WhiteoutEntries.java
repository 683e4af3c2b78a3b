package dev.jcompose.images.layer;

import static dev.jcompose.linux.Fcntl.AT_SYMLINK_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_PATH;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerEntry;
import dev.jcompose.linux.overlay.LayerStack;
import dev.jcompose.linux.overlay.Whiteout;

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

    void write(LayerPath path) throws ErrnoException, LayerException {
        if (path.name().equals(OPAQUE)) {
            if (path.parent().isEmpty()) {
                topIsOpaque = true;
            } else {
                Whiteout.setOpaque(linux, root.directory(path.parent()));
            }
            return;
        }
        // Other names of this kind are what aufs kept for itself.
        if (!path.name().startsWith(AUFS)) {
            String hidden = path.name().substring(PREFIX.length());
            if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
                throw new LayerException("whiteout '" + path + "' names nothing");
            }
            hide(root.directory(path.parent()), hidden);
        }
    }

    /** Overlayfs ignores an opaque top, so everything that the layers below have there is hidden by name. */
    void finish() throws ErrnoException {
        LayerStack below = root.below();
        if (topIsOpaque && below != null) {
            for (LayerEntry entry : below.root().list()) {
                hide(root.root(), entry.name());
            }
        }
    }

    private void hide(Fd directory, String name) throws ErrnoException {
        try {
            Whiteout.create(linux, directory, name);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            if (linux.files().statx(directory, name, AT_SYMLINK_NOFOLLOW).isType(Fcntl.S_IFDIR)) {
                try (Fd own = linux.files().openat(directory, name, O_PATH | O_DIRECTORY | O_NOFOLLOW, 0)) {
                    Whiteout.setOpaque(linux, own);
                }
            }
        }
    }
}

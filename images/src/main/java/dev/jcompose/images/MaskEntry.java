package dev.jcompose.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.Whiteout;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One name in a {@link HostMask}.
 *
 * @param path without a slash at the beginning
 * @param content of a file in ISO 8859-1, or the target of a link; empty otherwise
 */
record MaskEntry(String path, Kind kind, int mode, int uid, int gid, String content) {

    /** What a mask consists of. */
    enum Kind {
        EMPTIED,
        MERGED,
        FILE,
        LINK,
        WHITEOUT
    }

    /** An empty directory that shows nothing of the host's. */
    static MaskEntry emptied(String path, int mode) {
        return new MaskEntry(path, Kind.EMPTIED, mode, 0, 0, "");
    }

    /** A directory that shows the host's below it. */
    static MaskEntry merged(String path, int mode) {
        return new MaskEntry(path, Kind.MERGED, mode, 0, 0, "");
    }

    static MaskEntry file(String path, int mode, String content) {
        return new MaskEntry(path, Kind.FILE, mode, 0, 0, content);
    }

    static MaskEntry link(String path, String target) {
        return new MaskEntry(path, Kind.LINK, 0, 0, 0, target);
    }

    /** Nothing in place of the host's. */
    static MaskEntry whiteout(String path) {
        return new MaskEntry(path, Kind.WHITEOUT, 0, 0, 0, "");
    }

    MaskEntry ownedBy(int user, int group) {
        return new MaskEntry(path, kind, mode, user, group, content);
    }

    boolean isOpaque() {
        return kind == Kind.EMPTIED;
    }

    /** Makes it below {@code root}, a directory of our own in which its parents are. */
    void write(Linux linux, Path root) throws IOException {
        String at = root.resolve(path).toString();
        switch (kind) {
            case EMPTIED, MERGED -> {
                linux.files().mkdirat(null, at, 0700);
                if (kind == Kind.EMPTIED) {
                    try (Fd directory = linux.files().openat(null, at, Fcntl.O_RDONLY | Fcntl.O_DIRECTORY, 0)) {
                        Whiteout.setOpaque(linux, directory);
                    }
                }
            }
            case FILE -> {
                int flags = Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_EXCL;
                try (Fd file = linux.files().openat(null, at, flags, 0600)) {
                    linux.files().writeFully(file, content.getBytes(ISO_8859_1));
                }
            }
            case LINK -> linux.files().symlinkat(content, null, at);
            case WHITEOUT -> linux.files().mknodat(null, at, Fcntl.S_IFCHR, 0, 0);
        }
        if (kind != Kind.LINK && kind != Kind.WHITEOUT) {
            linux.files().fchownat(null, at, uid, gid, 0);
            linux.files().fchmodat(null, at, mode);
        }
    }
}

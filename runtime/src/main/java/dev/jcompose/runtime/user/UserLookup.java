package dev.jcompose.runtime.user;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerStack;
import dev.jcompose.runtime.container.RootfsSpec;
import dev.jcompose.runtime.container.UserSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out who a user specification means, in an image or in a running container. */
public final class UserLookup {
    private static final String PASSWD = "/etc/passwd";
    private static final String GROUP = "/etc/group";

    private final Linux linux;

    /** Services that are started together often have one image, or one base. */
    private volatile Parsed last = new Parsed("", "", UserDatabase.parse("", ""));

    private record Parsed(String passwd, String group, UserDatabase users) {}

    public UserLookup(Linux linux) {
        this.linux = linux;
    }

    /** In the layers of a container that does not run yet; all of them must be there. */
    public ResolvedUser inImage(RootfsSpec rootfs, UserSpec user, List<String> additionalGroups) throws IOException {
        List<Path> layers = new ArrayList<>(rootfs.lowerDirectories());
        layers.add(rootfs.upper());
        try (LayerStack image = new LayerStack(linux, layers)) {
            return parse(read(image, PASSWD), read(image, GROUP)).resolve(user, additionalGroups);
        }
    }

    private UserDatabase parse(String passwd, String group) {
        Parsed known = last;
        if (!known.passwd.equals(passwd) || !known.group.equals(group)) {
            known = new Parsed(passwd, group, UserDatabase.parse(passwd, group));
            last = known;
        }
        return known.users;
    }

    private String read(LayerStack image, String path) throws IOException {
        Optional<Fd> file = image.file(path);
        if (file.isEmpty()) {
            return "";
        }
        try (Fd open = file.get()) {
            return SmallFile.read(linux.files(), open, path);
        }
    }

    /** In a container as it is now; {@code root} is {@code /proc/pid/root} of one of its processes, opened. */
    public ResolvedUser inContainer(Fd root, UserSpec user, List<String> additionalGroups) throws IOException {
        return parse(read(root, PASSWD), read(root, GROUP)).resolve(user, additionalGroups);
    }

    private String read(Fd root, String path) throws IOException {
        int inside = Fcntl.RESOLVE_IN_ROOT | Fcntl.RESOLVE_NO_MAGICLINKS;
        try (Fd file = linux.files().openat2(root, path.substring(1), SmallFile.FLAGS, 0, inside)) {
            return SmallFile.read(linux.files(), file, path);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return "";
            }
            throw e;
        }
    }
}

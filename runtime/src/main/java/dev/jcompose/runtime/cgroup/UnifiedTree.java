package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The version 2 hierarchy and the parent cgroup in it. The parent holds no processes, only the containers' cgroups, for
 * which it switches controllers on ("no internal processes" rule).
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
final class UnifiedTree {
    private static final String CONTROLLERS = "cgroup.controllers";
    private static final String SUBTREE_CONTROL = "cgroup.subtree_control";
    private static final int ATTEMPTS = 4;

    private final CgroupDirectory root;
    private final CgroupDirectory parent;

    UnifiedTree(Linux linux, String mountPoint, String parent) {
        this.root = new CgroupDirectory(linux, mountPoint);
        this.parent = root.child(parent);
    }

    CgroupDirectory parent() {
        return parent;
    }

    /**
     * Makes a cgroup in the parent, which it makes where it is missing, and switches on as many of the wanted
     * controllers as can be.
     *
     * @return why the others cannot be had, one sentence each; empty when all are on
     */
    List<String> createChild(CgroupDirectory child, Set<String> wanted) throws ErrnoException {
        for (int attempt = 1; ; attempt++) {
            try {
                List<String> problems = prepare(wanted);
                child.create();
                return problems;
            } catch (ErrnoException e) {
                // The end of the last other container has just removed the parent.
                if (!(e.is(Errno.ENOENT) || e.is(Errno.ENODEV)) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<String> prepare(Set<String> wanted) throws ErrnoException {
        if (!parent.create() && enabled(parent).containsAll(wanted)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        for (String controller : wanted) {
            for (CgroupDirectory directory : List.of(root, parent)) {
                if (!enable(directory, controller, problems)) {
                    break;
                }
            }
        }
        return problems;
    }

    private static boolean enable(CgroupDirectory directory, String controller, List<String> problems)
            throws ErrnoException {
        if (enabled(directory).contains(controller)) {
            return true;
        }
        if (!words(directory, CONTROLLERS).contains(controller)) {
            problems.add("the " + controller + " cgroup controller is not available in " + directory.path());
            return false;
        }
        try {
            directory.write(SUBTREE_CONTROL, "+" + controller);
            return true;
        } catch (ErrnoException e) {
            String why = e.is(Errno.EBUSY) ? ", because processes are in that cgroup itself" : "";
            problems.add(
                    "the " + controller + " cgroup controller cannot be switched on" + why + ": " + e.getMessage());
            return false;
        }
    }

    private static Set<String> enabled(CgroupDirectory directory) throws ErrnoException {
        return words(directory, SUBTREE_CONTROL);
    }

    private static Set<String> words(CgroupDirectory directory, String file) throws ErrnoException {
        return new HashSet<>(List.of(directory.read(file).split(" ")));
    }
}

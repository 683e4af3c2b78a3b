package dev.jcompose.linux;

/**
 * The kernel, by families of calls. One per process, handed to whoever needs it; thread-safe.
 *
 * <p>Needs Linux 5.12 or newer (mount_setattr(2)); a call that the kernel lacks fails with {@code ENOSYS}.
 */
public final class Linux {
    private final Kernel kernel;
    private final FileCalls files;
    private final TreeCalls trees;
    private final MountCalls mounts;
    private final ProcessCalls processes;
    private final SocketCalls sockets;
    private final EventCalls events;
    private final InotifyCalls inotify;
    private final MemoryCalls memory;

    /** All families over one kernel; tests may give one that records or refuses. */
    public Linux(Kernel kernel) {
        this.kernel = kernel;
        files = new FileCalls(kernel);
        trees = new TreeCalls(kernel);
        mounts = new MountCalls(kernel);
        processes = new ProcessCalls(kernel);
        sockets = new SocketCalls(kernel);
        events = new EventCalls(kernel);
        inotify = new InotifyCalls(kernel);
        memory = new MemoryCalls(kernel);
    }

    /** The real kernel. Loads native code: see {@link NativeKernel#NativeKernel()} for what that costs. */
    public static Linux load() {
        return new Linux(new NativeKernel());
    }

    /** The door that all families go through. */
    public Kernel kernel() {
        return kernel;
    }

    /** Files and directories. */
    public FileCalls files() {
        return files;
    }

    /** What copying and unpacking of file trees needs. */
    public TreeCalls trees() {
        return trees;
    }

    /** Mounts. */
    public MountCalls mounts() {
        return mounts;
    }

    /** Processes and namespaces. */
    public ProcessCalls processes() {
        return processes;
    }

    /** Sockets. */
    public SocketCalls sockets() {
        return sockets;
    }

    /** Pipes, epoll, splice. */
    public EventCalls events() {
        return events;
    }

    /** Changes of files. */
    public InotifyCalls inotify() {
        return inotify;
    }

    /** Memory of this process. */
    public MemoryCalls memory() {
        return memory;
    }
}

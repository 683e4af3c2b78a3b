package dev.jcompose.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Being told of changes in directories. Names are as in the man page.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
public final class InotifyCalls extends Calls {
    public static final int IN_ATTRIB = 0x4;
    public static final int IN_CLOSE_WRITE = 0x8;
    public static final int IN_MODIFY = 0x2;
    public static final int IN_MOVED_FROM = 0x40;
    public static final int IN_MOVED_TO = 0x80;
    public static final int IN_CREATE = 0x100;
    public static final int IN_DELETE = 0x200;
    /** The queue was full, and events were lost; comes with watch -1. */
    public static final int IN_Q_OVERFLOW = 0x4000;
    /** The watch is gone. */
    public static final int IN_IGNORED = 0x8000;
    /** Watch only a directory. */
    public static final int IN_ONLYDIR = 0x01000000;
    /** No events of files that are open but no longer have a name. */
    public static final int IN_EXCL_UNLINK = 0x04000000;
    /** What the event is about is a directory. */
    public static final int IN_ISDIR = 0x40000000;

    private static final int CLOEXEC = 0x80000;
    private static final int HEADER_BYTES = 16;

    InotifyCalls(Kernel kernel) {
        super(kernel);
    }

    /**
     * {@code struct inotify_event}.
     *
     * @param watch what {@link #addWatch} gave; -1 for an overflow of the queue
     * @param mask {@code IN_*} bits
     * @param cookie the same for both events of a move
     * @param name in the directory; empty when the event is about what is watched itself
     */
    public record InotifyEvent(int watch, int mask, int cookie, String name) {

        /** Whether one of these bits is set. */
        public boolean is(int bits) {
            return (mask & bits) != 0;
        }
    }

    /** inotify_init1(2): a queue that is read without blocking, close-on-exec. */
    public Fd init() throws ErrnoException {
        return fd(check(() -> "0", Syscall.INOTIFY_INIT1, CLOEXEC | Fcntl.O_NONBLOCK, 0, 0));
    }

    /**
     * inotify_add_watch(2).
     *
     * @param mask {@code IN_*} bits: events to be told of, and how to watch
     * @return the watch; the same number when that directory is watched already
     */
    public int addWatch(Fd inotify, String path, int mask) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            return (int) check(
                    () -> inotify + ", " + path + ", " + hex(mask),
                    Syscall.INOTIFY_ADD_WATCH,
                    inotify.number(),
                    scratch.string(path),
                    mask);
        }
    }

    /** inotify_rm_watch(2); {@code EINVAL} when the watch has gone by itself. */
    public void removeWatch(Fd inotify, int watch) throws ErrnoException {
        check(() -> inotify + ", " + watch, Syscall.INOTIFY_RM_WATCH, inotify.number(), watch, 0);
    }

    /**
     * The events in a buffer that was filled by read(2).
     *
     * @param buffer in native byte order; from 0 to its position
     */
    public static List<InotifyEvent> events(ByteBuffer buffer) {
        List<InotifyEvent> events = new ArrayList<>();
        int at = 0;
        while (at + HEADER_BYTES <= buffer.position()) {
            int length = buffer.getInt(at + 12);
            events.add(new InotifyEvent(
                    buffer.getInt(at), buffer.getInt(at + 4), buffer.getInt(at + 8), name(buffer, at, length)));
            at += HEADER_BYTES + length;
        }
        return events;
    }

    private static String name(ByteBuffer buffer, int at, int length) {
        byte[] bytes = new byte[length];
        buffer.get(at + HEADER_BYTES, bytes);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, UTF_8);
    }
}

package dev.jcompose.linux;

import java.io.IOException;
import java.util.Set;

/**
 * A system call that failed. The message reads like {@code strace}: the call with the arguments that matter, then
 * errno.
 *
 * <p>Checked, because the caller nearly always has to choose: {@code EEXIST} on create and {@code ENOENT} on delete are
 * success for an idempotent operation. Such an answer comes without a stack trace, which costs more than the call.
 */
public final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final Set<Integer> ANSWERS =
            Set.of(Errno.ENOENT.number(), Errno.EEXIST.number(), Errno.EAGAIN.number(), Errno.ENODATA.number());

    private final int number;

    /**
     * @param call the call as strace(1) writes it, for example {@code mount(overlay, /run/x, overlay, 0x0)}
     * @param number the positive errno
     */
    public ErrnoException(String call, int number) {
        this(call, number, "");
    }

    /**
     * @param explanation what the kernel said beyond errno, for example netlink's extended acknowledgement; may be
     *     empty
     */
    public ErrnoException(String call, int number, String explanation) {
        super(call + ": " + Errno.describe(number) + (explanation.isEmpty() ? "" : ": " + explanation));
        this.number = number;
        Throwable traced = fillInStackTrace();
        assert traced == this;
    }

    /** Does nothing while the exception is being made: the constructor knows whether a trace is wanted. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return number == 0 || ANSWERS.contains(number) ? this : super.fillInStackTrace();
    }

    /** The positive errno. */
    public int number() {
        return number;
    }

    /** Whether this is {@code errno}. */
    public boolean is(Errno errno) {
        return number == errno.number();
    }
}

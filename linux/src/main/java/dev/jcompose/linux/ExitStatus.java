package dev.jcompose.linux;

import java.nio.ByteBuffer;

/**
 * How a process ended.
 *
 * @param code the value given to exit(2), 0 to 255; 0 when it was killed
 * @param signal the signal that killed it, or 0
 */
public record ExitStatus(int code, int signal) {
    /** Bytes of a {@code siginfo_t}. */
    public static final int SIGINFO_BYTES = 128;

    private static final int SI_CODE_OFFSET = 8;
    private static final int SI_STATUS_OFFSET = 24;
    private static final int CLD_EXITED = 1;

    /**
     * Reads the {@code siginfo_t} that waitid(2) filled in.
     *
     * @param siginfo in native byte order, at least {@value #SIGINFO_BYTES} bytes from index 0
     */
    public static ExitStatus ofSiginfo(ByteBuffer siginfo) {
        int status = siginfo.getInt(SI_STATUS_OFFSET);
        return siginfo.getInt(SI_CODE_OFFSET) == CLD_EXITED ? new ExitStatus(status, 0) : new ExitStatus(0, status);
    }

    /** What a shell and Docker report: the code, or 128 plus the signal. */
    public int shellCode() {
        return signal == 0 ? code : 128 + signal;
    }
}

package dev.jcompose.linux;

/** Memory of this process. */
public final class MemoryCalls extends Calls {
    /** The pages are not needed for now. What has no copy elsewhere is lost: only for pages that a file backs. */
    public static final int MADV_DONTNEED = 4;
    /** A fault brings in small pages only; {@code EINVAL} of a kernel that knows no others. */
    public static final int MADV_NOHUGEPAGE = 15;

    MemoryCalls(Kernel kernel) {
        super(kernel);
    }

    /**
     * madvise(2).
     *
     * @param address of a page's begin
     * @param advice {@code MADV_*}
     */
    public void madvise(long address, long lengthBytes, int advice) throws ErrnoException {
        check(() -> hex(address) + ", " + lengthBytes + ", " + advice, Syscall.MADVISE, address, lengthBytes, advice);
    }
}

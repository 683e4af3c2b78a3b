package dev.jcompose.runtime.capability;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The two structures that capset(2) takes, in its version 3: 64 capabilities in two halves.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/capset.2.html">capset(2)</a>
 */
public final class Capset {
    private static final int LINUX_CAPABILITY_VERSION_3 = 0x20080522;
    private static final int HEADER_BYTES = 8;
    private static final int DATA_BYTES = 24;

    private Capset() {}

    /** {@code struct __user_cap_header_struct} for the calling thread. */
    public static byte[] header() {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(LINUX_CAPABILITY_VERSION_3)
                .putInt(0)
                .array();
    }

    /**
     * {@code struct __user_cap_data_struct[2]}. The inheritable set is always empty: a container that had one could
     * gain capabilities through files (CVE-2022-29162).
     */
    public static byte[] data(CapabilitySet effective, CapabilitySet permitted) {
        ByteBuffer data = ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.nativeOrder());
        for (int shift = 0; shift <= 32; shift += 32) {
            data.putInt((int) (effective.mask() >>> shift));
            data.putInt((int) (permitted.mask() >>> shift));
            data.putInt(0);
        }
        return data.array();
    }
}

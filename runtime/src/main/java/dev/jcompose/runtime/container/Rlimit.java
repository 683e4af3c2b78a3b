package dev.jcompose.runtime.container;

/**
 * A limit of setrlimit(2). To raise one above the engine's own hard limit needs {@code CAP_SYS_RESOURCE}; otherwise the
 * container fails to start.
 *
 * @param soft -1 for no limit
 * @param hard -1 for no limit; not below {@code soft}
 */
public record Rlimit(Kind kind, long soft, long hard) {

    /** What is limited; the numbers are those of the kernel on x86-64 and aarch64, the names Docker's. */
    public enum Kind {
        CPU(0),
        FSIZE(1),
        DATA(2),
        STACK(3),
        CORE(4),
        RSS(5),
        NPROC(6),
        NOFILE(7),
        MEMLOCK(8),
        AS(9),
        LOCKS(10),
        SIGPENDING(11),
        MSGQUEUE(12),
        NICE(13),
        RTPRIO(14),
        RTTIME(15);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** {@code RLIMIT_*}. */
        public int number() {
            return number;
        }
    }

    public Rlimit {
        if (soft < -1 || hard < -1) {
            throw new IllegalArgumentException("limit %s %d:%d is below -1".formatted(kind, soft, hard));
        }
        if (Long.compareUnsigned(soft, hard) > 0) {
            throw new IllegalArgumentException(
                    "soft limit %d of %s is above the hard limit %d".formatted(soft, kind, hard));
        }
    }
}

package dev.jcompose.runtime.seccomp;

/** A condition on one argument of a system call. */
sealed interface ArgumentTest {

    /** Which argument, 0 to 5. */
    int index();

    /**
     * The argument's low 32 bits, unsigned, are in a range. For parameters of C type {@code int}: the kernel itself
     * ignores the high half, so a filter must not let it make a difference.
     *
     * @param low the first allowed value
     * @param high the last one
     */
    record IntRange(int index, int low, int high) implements ArgumentTest {
        public IntRange {
            requireIndex(index);
            if (Integer.compareUnsigned(low, high) > 0) {
                throw new IllegalArgumentException("range %d-%d is empty".formatted(low, high));
            }
        }

        static IntRange only(int index, int value) {
            return new IntRange(index, value, value);
        }
    }

    /** {@code (argument & mask) == value}, on all 64 bits. */
    record MaskedEqual(int index, long mask, long value) implements ArgumentTest {
        public MaskedEqual {
            requireIndex(index);
            if ((value & ~mask) != 0) {
                throw new IllegalArgumentException("value 0x%x has bits outside of mask 0x%x".formatted(value, mask));
            }
        }
    }

    private static void requireIndex(int index) {
        if (index < 0 || index > 5) {
            throw new IllegalArgumentException("argument " + index + " is not in 0..5");
        }
    }
}

package dev.jcompose.runtime.launch;

/** An argument of a system call in a launch program. */
public sealed interface Argument {

    /** A number that is known when the program is written. */
    record Constant(long value) implements Argument {}

    /** The address of bytes in the program. */
    final class Data implements Argument {
        private final int offset;
        private final boolean zeroed;
        private final String description;

        Data(int offset, boolean zeroed, String description) {
            this.offset = offset;
            this.zeroed = zeroed;
            this.description = description;
        }

        int offset() {
            return offset;
        }

        /** Whether {@link #offset} counts in the memory behind the file's data. */
        boolean zeroed() {
            return zeroed;
        }

        /** For messages: the text of a string. */
        @Override
        public String toString() {
            return description;
        }
    }

    /** What an earlier call returned, usually a descriptor. Reads as -1 when that call failed and was let to. */
    final class Result implements Argument {
        private final int call;

        Result(int call) {
            this.call = call;
        }

        /** The order number of the call in the builder. */
        int call() {
            return call;
        }
    }

    /**
     * The address of an earlier call's table entry, to report it.
     *
     * @param call its order number in the builder
     */
    record Entry(int call) implements Argument {}

    /** A known number, or a descriptor that the program was started with. */
    static Argument number(long value) {
        return new Constant(value);
    }
}

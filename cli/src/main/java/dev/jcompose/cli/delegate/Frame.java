package dev.jcompose.cli.delegate;

/**
 * What the two sides send each other: Docker's stream frames ({@code type, 0, 0, 0, length} of 8 bytes, big-endian, and
 * then the data) with more types.
 */
public final class Frame {
    /** To the engine: a piece of standard input that was asked for; an empty one is its end. */
    public static final int STDIN = 0;
    /** To the client: goes to standard output. */
    public static final int STDOUT = 1;
    /** To the client: goes to standard error. */
    public static final int STDERR = 2;
    /** To the client, the last one: one byte, the exit code. */
    public static final int EXIT = 3;
    /** To the client, instead of anything else: this engine does not run that command; run it yourself. */
    public static final int DECLINED = 4;
    /** To the client: it may send one piece of standard input, of at most as many bytes as the four of data say. */
    public static final int READ = 5;
    /** To the client: it must report the signals of these names, separated by blanks, in place of what they do. */
    public static final int WATCH = 6;
    /** To the engine: a signal that was to be reported, by its name. */
    public static final int SIGNAL = 7;
    /**
     * To the client: the engine has changed the settings of the terminal on standard input; the data is what stty(1)
     * takes to restore them if the engine dies. Without data: they are as they were.
     */
    public static final int TERMINAL = 8;

    /** The bytes before the data. */
    public static final int HEADER_BYTES = 8;

    private Frame() {}
}

package dev.jcompose.engine.logs;

/** Which of its two outputs a container wrote to. */
public enum LogStream {
    STDOUT(1),
    STDERR(2);

    private final int number;

    LogStream(int number) {
        this.number = number;
    }

    /** The descriptor's number, which is also the stream type in the frames of the Docker API. */
    public int number() {
        return number;
    }

    static LogStream of(int number) {
        return number == STDERR.number ? STDERR : STDOUT;
    }
}

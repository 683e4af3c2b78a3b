package dev.jcompose.engine.api;

/** Is given log lines in order. */
@FunctionalInterface
public interface LogListener {
    void on(LogEntry entry);
}

package dev.jcompose.engine.api;

/** Is told what happens. */
@FunctionalInterface
public interface EventListener {
    void on(Event event);
}

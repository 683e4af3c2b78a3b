package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;

/** Shows nothing. */
final class QuietProgress implements Progress {
    @Override
    public void on(Event event) {}

    @Override
    public void say(String text) {}

    @Override
    public void close() {}
}

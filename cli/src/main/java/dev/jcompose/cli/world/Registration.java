package dev.jcompose.cli.world;

/** Something that holds until it is closed. */
public interface Registration extends AutoCloseable {
    @Override
    void close();
}

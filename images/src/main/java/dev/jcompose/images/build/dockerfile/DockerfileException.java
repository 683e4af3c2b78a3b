package dev.jcompose.images.build.dockerfile;

import java.io.IOException;

/** A mistake in a Dockerfile, or an instruction that failed: {@code Dockerfile:7:5: problem}, then the line itself. */
public final class DockerfileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Position at;

    public DockerfileException(String message, Position at) {
        super(message);
        this.at = at;
    }

    public DockerfileException(String message, Position at, Throwable cause) {
        super(message, cause);
        this.at = at;
    }

    /** Where it is. */
    public Position at() {
        return at;
    }
}

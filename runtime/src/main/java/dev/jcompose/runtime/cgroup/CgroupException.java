package dev.jcompose.runtime.cgroup;

import java.io.IOException;

/** A limit or an operation that this machine's cgroups cannot do; the message says which and why. */
public final class CgroupException extends IOException {
    private static final long serialVersionUID = 1L;

    public CgroupException(String message) {
        super(message);
    }

    public CgroupException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ExecRequest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The execs that clients have created, so that they can start them and ask for their end. Forgets the oldest. */
final class Execs {
    private static final int KEPT = 512;
    private static final int ID_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Exec> byId = new LinkedHashMap<>();

    /** Remembers a new one. */
    synchronized Exec create(String containerId, ExecRequest request) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        Exec exec = new Exec(HexFormat.of().formatHex(bytes), containerId, request);
        byId.put(exec.id(), exec);
        if (byId.size() > KEPT) {
            byId.values().stream().filter(old -> !old.isRunning()).findFirst().ifPresent(old -> byId.remove(old.id()));
        }
        return exec;
    }

    /**
     * The one of that id.
     *
     * @throws EngineException of kind NOT_FOUND
     */
    synchronized Exec get(String id) {
        Exec exec = byId.get(id);
        if (exec == null) {
            throw new EngineException(EngineException.Kind.NOT_FOUND, "No such exec instance: " + id);
        }
        return exec;
    }
}

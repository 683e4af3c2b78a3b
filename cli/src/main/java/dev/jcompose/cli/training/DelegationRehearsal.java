package dev.jcompose.cli.training;

import dev.jcompose.cli.Main;
import dev.jcompose.cli.delegate.Delegation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Has a rehearsal's engine run the usual commands, as {@link Main} does where an engine is warm. */
public final class DelegationRehearsal {
    private DelegationRehearsal() {}

    /** {@code args}: the path of the engine's socket, in a folder for the rehearsal. The engine goes on. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Stage.prepare(Path.of(args[0]));
        Map<String, String> environment = Map.of("HOME", folder.toString());
        String classPath = System.getProperty("java.class.path", "");
        // As it really begins: to read the variables of a process takes classes, too.
        Main.delegate(args[0], "version");
        for (List<String> command : Stage.COMMANDS) {
            int code =
                    Delegation.run(args[0], command.toArray(String[]::new), classPath, folder.toString(), environment);
            if (code == Delegation.DECLINED) {
                throw new IOException("the engine does not run %s".formatted(command));
            }
        }
    }
}

package dev.jcompose.engine.assemble;

import dev.jcompose.images.ImageConfig;
import dev.jcompose.model.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which environment a container's processes have. */
public final class Environment {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Environment() {}

    /**
     * The engine's few variables, over them the image's, over them the service's; a variable without a value in the
     * service takes the image's away.
     *
     * @param extra over all of them
     * @return {@code NAME=value}
     */
    public static List<String> of(Service service, ImageConfig image, String hostname, Map<String, String> extra) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", PATH);
        variables.put("HOSTNAME", hostname);
        if (service.tty()) {
            variables.put("TERM", "xterm");
        }
        for (String variable : image.env()) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        service.environment().forEach((name, value) -> {
            if (value == null) {
                variables.remove(name);
            } else {
                variables.put(name, value);
            }
        });
        variables.putAll(extra);
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}

package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.UpRequest.Recreate;
import dev.jcompose.engine.api.UpRequestBuilder;
import dev.jcompose.model.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code up} and {@code create} that say what becomes of existing containers. */
final class RecreateOptions {
    @Option(names = "--force-recreate", description = "Recreate containers even if nothing has changed")
    boolean forceRecreate;

    @Option(names = "--no-recreate", description = "If containers already exist, don't recreate them")
    boolean noRecreate;

    @Option(names = "--remove-orphans", description = "Remove containers for services not defined in the Compose file")
    boolean removeOrphans;

    @Option(
            names = "--scale",
            paramLabel = "SERVICE=N",
            description = "Scale SERVICE to N instances; overrides the scale setting in the Compose file")
    List<String> scale = new ArrayList<>();

    void check(Session session) {
        if (forceRecreate && noRecreate) {
            throw new CommandException("--force-recreate and --no-recreate are incompatible");
        }
        if (removeOrphans && session.world().flag("COMPOSE_IGNORE_ORPHANS")) {
            throw new CommandException("cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans");
        }
    }

    /**
     * Says it in a request.
     *
     * @param environment of the project: variables of its {@code .env} count too
     */
    UpRequestBuilder addTo(UpRequestBuilder request, Project project, Map<String, String> environment) {
        Recreate recreate = forceRecreate ? Recreate.FORCE : noRecreate ? Recreate.NEVER : Recreate.DIVERGED;
        return request.recreate(recreate)
                .recreateDependencies(noRecreate ? Recreate.NEVER : Recreate.DIVERGED)
                .removeOrphans(removeOrphans || isYes(environment.get("COMPOSE_REMOVE_ORPHANS")))
                .ignoreOrphans(isYes(environment.get("COMPOSE_IGNORE_ORPHANS")))
                .scale(replicas(project));
    }

    private static boolean isYes(@Nullable String value) {
        return value != null && (value.equals("1") || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("t"));
    }

    private Map<String, Integer> replicas(Project project) {
        Map<String, Integer> replicas = new LinkedHashMap<>();
        for (String specifier : scale) {
            int equals = specifier.indexOf('=');
            if (equals < 0) {
                throw new CommandException("invalid --scale option \"%s\". Should be SERVICE=NUM".formatted(specifier));
            }
            String service = specifier.substring(0, equals);
            new Target(project.name(), Optional.of(project)).check(List.of(service));
            try {
                replicas.put(service, Integer.parseUnsignedInt(specifier.substring(equals + 1)));
            } catch (NumberFormatException e) {
                throw new CommandException("invalid --scale option \"%s\": not a number".formatted(specifier));
            }
        }
        return replicas;
    }
}

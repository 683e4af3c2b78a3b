package dev.jcompose.model.bind;

import dev.jcompose.model.DependsOn;
import dev.jcompose.model.EnvFile;
import dev.jcompose.model.Healthcheck;
import dev.jcompose.model.Hook;
import dev.jcompose.model.Hooks;
import dev.jcompose.model.Logging;
import dev.jcompose.model.Provider;
import dev.jcompose.model.node.SequenceNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds what a service does over its life: dependencies, health checks, hooks, logging. */
final class LifecycleBinder {
    private LifecycleBinder() {}

    static Healthcheck healthcheck(Fields fields) {
        return new Healthcheck(
                test(fields),
                fields.duration("interval"),
                fields.duration("timeout"),
                fields.unsigned("retries"),
                fields.duration("start_period"),
                fields.duration("start_interval"),
                fields.flag("disable"));
    }

    private static @Nullable List<String> test(Fields fields) {
        if (!fields.has("test")) {
            return null;
        }
        List<String> words = fields.strings("test");
        if (!(fields.node("test") instanceof SequenceNode)) {
            return List.of("CMD-SHELL", words.get(0));
        }
        return words;
    }

    static DependsOn dependency(Fields fields) {
        return new DependsOn(
                fields.oneOf("condition", DependsOn.Condition.values()),
                fields.flag("restart"),
                !Boolean.FALSE.equals(fields.bool("required")));
    }

    static Hooks hooks(Fields service) {
        if (!service.hasAny("pre_start", "post_start", "pre_stop")) {
            return Hooks.NONE;
        }
        return new Hooks(
                service.objects("pre_start", LifecycleBinder::hook),
                service.objects("post_start", LifecycleBinder::hook),
                service.objects("pre_stop", LifecycleBinder::hook));
    }

    static Hook hook(Fields fields) {
        return new Hook(
                fields.command("command"),
                fields.nonEmpty("user"),
                fields.nonEmpty("image"),
                fields.flag("privileged"),
                fields.nonEmpty("working_dir"),
                fields.nullableTexts("environment"),
                fields.flag("per_replica"));
    }

    static Logging logging(Fields fields) {
        return new Logging(fields.nonEmpty("driver"), fields.texts("options"));
    }

    static EnvFile envFile(Fields fields) {
        return new EnvFile(
                fields.required("path"), !Boolean.FALSE.equals(fields.bool("required")), fields.nonEmpty("format"));
    }

    static Provider provider(Fields fields) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        fields.object("options", all -> {
            all.names().forEach(name -> options.put(name, all.strings(name)));
            return options;
        });
        return new Provider(fields.required("type"), options);
    }
}

package dev.jcompose.model.bind;

import dev.jcompose.model.Build;
import dev.jcompose.model.SshKey;
import dev.jcompose.model.Ulimit;
import dev.jcompose.model.node.MappingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binds {@code build}. */
final class BuildBinder {
    private BuildBinder() {}

    static Build build(Fields fields) {
        return new Build(
                fields.string("context"),
                fields.string("dockerfile"),
                fields.string("dockerfile_inline"),
                fields.nullableTexts("args"),
                ssh(fields),
                fields.texts("labels"),
                fields.strings("cache_from"),
                fields.strings("cache_to"),
                fields.flag("no_cache"),
                fields.strings("no_cache_filter"),
                fields.texts("additional_contexts"),
                fields.flag("pull"),
                HostsBinder.hosts(fields, "extra_hosts"),
                fields.string("isolation"),
                fields.string("network"),
                fields.string("target"),
                fields.objects("secrets", MountBinder::file),
                fields.bytes("shm_size"),
                fields.strings("tags"),
                ulimits(fields),
                fields.strings("platforms"),
                fields.flag("privileged"),
                fields.strings("entitlements"),
                fields.string("provenance"),
                fields.string("sbom"),
                fields.extensions());
    }

    private static List<SshKey> ssh(Fields fields) {
        List<SshKey> keys = new ArrayList<>();
        if (fields.node("ssh") instanceof MappingNode) {
            fields.nullableTexts("ssh").forEach((id, path) -> keys.add(new SshKey(id, path)));
            return keys;
        }
        for (String key : fields.strings("ssh")) {
            int equals = key.indexOf('=');
            keys.add(
                    equals < 0
                            ? new SshKey(key, null)
                            : new SshKey(key.substring(0, equals), key.substring(equals + 1)));
        }
        return keys;
    }

    static Map<String, Ulimit> ulimits(Fields fields) {
        Map<String, Ulimit> limits = new LinkedHashMap<>();
        fields.object("ulimits", all -> {
            for (String name : all.names()) {
                Ulimit both = all.object(
                        name, limit -> new Ulimit(limit.longOrZero("soft"), limit.longOrZero("hard"), false));
                long single = all.longOrZero(name);
                limits.put(name, both == null ? new Ulimit(single, single, true) : both);
            }
            return limits;
        });
        return limits;
    }
}

package dev.jcompose.model.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping from text to values, in file order; it also knows where its keys were written. */
public final class MappingNode implements Node {

    /**
     * A key's place and value.
     *
     * @param key where the key was written
     * @param value the value
     */
    public record Entry(SourceLocation key, Node value) {}

    private final Map<String, Entry> entries;
    private final SourceLocation location;
    private final @Nullable String origin;
    private final MergeTag tag;

    private MappingNode(Map<String, Entry> entries, SourceLocation location, @Nullable String origin, MergeTag tag) {
        this.entries = entries;
        this.location = location;
        this.origin = origin;
        this.tag = tag;
    }

    /** A mapping without entries. */
    public static MappingNode empty(SourceLocation location) {
        return new MappingNode(Map.of(), location, null, MergeTag.NONE);
    }

    /** Changes several entries at once; takes one copy. */
    public static final class Editor {
        private final MappingNode original;
        private final Map<String, Entry> entries;

        private Editor(MappingNode original) {
            this.original = original;
            this.entries = new LinkedHashMap<>(original.entries);
        }

        /** The value at the key, null if there is none. */
        public @Nullable Node get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /** Sets a value; a new key is placed at the value. */
        public Editor put(String key, Node value) {
            Entry old = entries.get(key);
            entries.put(key, new Entry(old == null ? value.location() : old.key(), value));
            return this;
        }

        /** Sets a value and the place of its key. */
        public Editor put(String key, Entry entry) {
            entries.put(key, entry);
            return this;
        }

        /** Sets a value unless the key is there. */
        public Editor putIfAbsent(String key, Node value) {
            entries.putIfAbsent(key, new Entry(value.location(), value));
            return this;
        }

        /** Removes a key, if it is there. */
        public Editor remove(String key) {
            entries.remove(key);
            return this;
        }

        /** The changed mapping. */
        public MappingNode done() {
            return new MappingNode(Immutable.map(entries), original.location, original.origin, original.tag);
        }
    }

    /** Starts a change. */
    public Editor edit() {
        return new Editor(this);
    }

    /** The value at the key, null if there is none. */
    public @Nullable Node get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    /** The value at the key if it is a mapping, else null. */
    public @Nullable MappingNode mapping(String key) {
        return get(key) instanceof MappingNode mapping ? mapping : null;
    }

    /** True if the key is there, even with a null value. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Where the key was written; the mapping's own place if it is not there. */
    public SourceLocation keyLocation(String key) {
        Entry entry = entries.get(key);
        return entry == null ? location : entry.key();
    }

    /** The keys, in file order. */
    public Set<String> keys() {
        return entries.keySet();
    }

    /** Everything, in file order. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /** The same place with one value set. */
    public MappingNode with(String key, Node value) {
        return edit().put(key, value).done();
    }

    /** The same without a key. */
    public MappingNode without(String key) {
        return has(key) ? edit().remove(key).done() : this;
    }

    /** Changes a value. */
    @FunctionalInterface
    public interface ValueChange {
        /** The value to put at the key; null removes it. */
        @Nullable
        Node apply(String key, Node value);
    }

    /** The same keys with changed values; this object itself if nothing changes. */
    public MappingNode map(ValueChange change) {
        Map<String, Entry> changed = new LinkedHashMap<>();
        boolean same = true;
        for (Map.Entry<String, Entry> each : entries.entrySet()) {
            Node before = each.getValue().value();
            Node after = change.apply(each.getKey(), before);
            same &= after == before;
            if (after != null) {
                changed.put(
                        each.getKey(),
                        after == before
                                ? each.getValue()
                                : new Entry(each.getValue().key(), after));
            }
        }
        return same ? this : new MappingNode(Immutable.map(changed), location, origin, tag);
    }

    @Override
    public SourceLocation location() {
        return location;
    }

    @Override
    public @Nullable String origin() {
        return origin;
    }

    @Override
    public MergeTag tag() {
        return tag;
    }

    @Override
    public MappingNode withOrigin(@Nullable String changed) {
        return new MappingNode(entries, location, changed, tag);
    }

    @Override
    public MappingNode withTag(MergeTag changed) {
        return new MappingNode(entries, location, origin, changed);
    }

    @Override
    public Object plain() {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
        return plain;
    }

    @Override
    public String kind() {
        return "mapping";
    }

    @Override
    public String toString() {
        return plain() + " at " + location;
    }
}

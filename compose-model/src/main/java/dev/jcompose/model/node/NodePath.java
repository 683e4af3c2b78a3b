package dev.jcompose.model.node;

import org.jspecify.annotations.Nullable;

/** Where a value is in the model: a list of keys and indexes. Keys are never parsed, so they may contain anything. */
public final class NodePath {
    /** The whole file. */
    public static final NodePath ROOT = new NodePath(null, "", -1);

    private final @Nullable NodePath parent;
    private final String key;
    private final int index;

    private NodePath(@Nullable NodePath parent, String key, int index) {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    /** The path of these keys. */
    public static NodePath of(String... keys) {
        NodePath path = ROOT;
        for (String key : keys) {
            path = path.child(key);
        }
        return path;
    }

    /** The path of a key of this mapping. */
    public NodePath child(String childKey) {
        return new NodePath(this, childKey, -1);
    }

    /** The path of an item of this list. */
    public NodePath item(int itemIndex) {
        return new NodePath(this, "*", itemIndex);
    }

    /** The path of what this is a member or item of; the whole file for itself. */
    public NodePath parent() {
        return parent == null ? this : parent;
    }

    /** Whether this is the whole file. */
    public boolean isRoot() {
        return parent == null;
    }

    /** The last key, or the index of the item. */
    Object step() {
        return index < 0 ? key : (Object) index;
    }

    /** The last key; {@code *} for an item. */
    public String last() {
        return key;
    }

    /** How many keys and indexes. */
    public int depth() {
        int depth = 0;
        for (NodePath each = this; each.parent != null; each = each.parent) {
            depth++;
        }
        return depth;
    }

    /** {@code services.web.ports[0].target}. */
    @Override
    public String toString() {
        return text("[", "]", null);
    }

    /** {@code services.web.ports.0.target}: how the reference's schema messages have it. */
    public String dotted() {
        return text(".", "", null);
    }

    /** {@code services.web.ports.[].target}: how the reference's interpolation messages have it. */
    public String anonymous() {
        return text(".", "", "[]");
    }

    /** {@code services.web.ports.[0]}: how some of the reference's messages have it. */
    public String bracketed() {
        return text(".[", "]", null);
    }

    private String text(String open, String close, @Nullable String item) {
        if (parent == null) {
            return "";
        }
        String before = parent.text(open, close, item);
        if (index < 0) {
            return before.isEmpty() ? key : before + "." + key;
        }
        return before + open + (item == null ? String.valueOf(index) : item) + close;
    }
}

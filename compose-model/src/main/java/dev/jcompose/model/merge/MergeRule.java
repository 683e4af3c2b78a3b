package dev.jcompose.model.merge;

/**
 * How the value of an attribute is merged where it is not: mappings by key, lists by appending, scalars by replacing.
 */
enum MergeRule {
    /** The later value, also null, replaces. */
    REPLACE,
    /** Both become lists of {@code key=value}, and the later list is appended. */
    KEY_VALUE_LIST,
    /** Items that are not in the earlier list literally are appended. */
    APPEND_NEW,
    /** A string is a mapping with {@code context}. */
    BUILD,
    /** A list is a mapping with the defaults of the short syntax. */
    DEPENDS_ON,
    /** A list is a mapping with null values. */
    NAMES,
    /** Merged if the drivers do not differ, else replaced. */
    LOGGING,
    /** Items with the same subnet are merged. */
    IPAM_CONFIG
}

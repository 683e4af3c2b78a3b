package dev.jcompose.images;

import static java.util.Objects.requireNonNull;

import dev.jcompose.images.oci.Digest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image: {@code [REGISTRY[:PORT]/]REPOSITORY[:TAG][@DIGEST]}. What Docker leaves out is filled in, so
 * two references to the same image are equal.
 *
 * @param registry host and optional port, for example {@code docker.io}, {@code localhost:5000} or {@code [::1]:5000}
 * @param repository path on that registry, for example {@code library/postgres}
 * @param tag null only if there is a digest
 * @param digest what the image must be, whatever the tag says by now; null for "whatever the tag says"
 * @see <a href="https://github.com/distribution/reference/blob/main/reference.go">the grammar</a>
 */
public record ImageReference(
        String registry,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {
    /** The registry of names that do not say one. */
    public static final String DEFAULT_REGISTRY = "docker.io";

    /** The tag of names that say neither tag nor digest. */
    public static final String DEFAULT_TAG = "latest";

    private static final String LIBRARY = "library/";
    private static final int NAME_MAX = 255;
    private static final String HOST_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern REGISTRY =
            Pattern.compile("(?:" + HOST_LABEL + "(?:\\." + HOST_LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]{1,5})?");
    private static final Pattern PATH_PART = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern IMAGE_ID = Pattern.compile("[a-f0-9]{64}");

    public ImageReference {
        requireNonNull(registry, "registry");
        requireNonNull(repository, "repository");
        if (!REGISTRY.matcher(registry).matches()) {
            throw new IllegalArgumentException("registry '" + registry + "' is not HOST[:PORT]");
        }
        for (String part : repository.split("/", -1)) {
            checkPart(repository, part);
        }
        if (registry.length() + repository.length() >= NAME_MAX) {
            throw new IllegalArgumentException("name is longer than " + NAME_MAX + " characters");
        }
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("tag '" + tag
                    + "' is not of letters, digits, '_', '.' and '-' (at most 128, not beginning with '.' or '-')");
        }
        if (tag == null && digest == null) {
            throw new IllegalArgumentException("neither tag nor digest");
        }
    }

    /**
     * Reads a reference as people write it.
     *
     * @throws IllegalArgumentException if it has another form; the message quotes it and says what is wrong
     */
    public static ImageReference parse(String text) {
        try {
            return parseParts(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid image reference '" + text + "': " + e.getMessage(), e);
        }
    }

    private static ImageReference parseParts(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        int at = text.indexOf('@');
        Digest digest = at < 0 ? null : Digest.parse(text.substring(at + 1));
        String named = at < 0 ? text : text.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        String tag = colon < 0 ? (digest == null ? DEFAULT_TAG : null) : named.substring(colon + 1);
        String name = colon < 0 ? named : named.substring(0, colon);
        if (IMAGE_ID.matcher(name).matches()) {
            throw new IllegalArgumentException("64 hexadecimal digits are an image id, not a name");
        }
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        if (!isRegistry(first)) {
            return new ImageReference(DEFAULT_REGISTRY, slash < 0 ? LIBRARY + name : name, tag, digest);
        }
        String rest = name.substring(slash + 1);
        if (first.equals(DEFAULT_REGISTRY) || first.equals("index.docker.io")) {
            return new ImageReference(DEFAULT_REGISTRY, rest.contains("/") ? rest : LIBRARY + rest, tag, digest);
        }
        return new ImageReference(first, rest, tag, digest);
    }

    /** The short form that Docker prints: {@code postgres:17}, not {@code docker.io/library/postgres:17}. */
    @Override
    public String toString() {
        return familiarName() + suffix();
    }

    /** The full form, the same for all spellings of one image: {@code docker.io/library/postgres:17}. */
    public String canonical() {
        return registry + "/" + repository + suffix();
    }

    /** The short form without tag and digest, as in the REPOSITORY column of {@code docker images}. */
    public String familiarName() {
        if (!registry.equals(DEFAULT_REGISTRY)) {
            return registry + "/" + repository;
        }
        String rest = repository.startsWith(LIBRARY) ? repository.substring(LIBRARY.length()) : repository;
        // A lone first part that looks like a host has to keep its library/, or it would be read back as one.
        return rest.contains("/") || isRegistry(rest) ? repository : rest;
    }

    /** Whether the other names something in the same repository of the same registry. */
    public boolean isSameRepository(ImageReference other) {
        return registry.equals(other.registry) && repository.equals(other.repository);
    }

    /** The same repository under this digest, without a tag. */
    public ImageReference withDigest(Digest other) {
        return new ImageReference(registry, repository, null, other);
    }

    private String suffix() {
        return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    /** Docker's rule for the first of several parts: it is a host if it could not be a user's name. */
    private static boolean isRegistry(String part) {
        return part.equals("localhost")
                || part.indexOf('.') >= 0
                || part.indexOf(':') >= 0
                || part.chars().anyMatch(Character::isUpperCase);
    }

    private static void checkPart(String repository, String part) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException("repository '" + repository + "' has an empty part");
        }
        if (!PATH_PART.matcher(part).matches()) {
            boolean upper = part.chars().anyMatch(Character::isUpperCase);
            throw new IllegalArgumentException(
                    upper
                            ? "repository '" + repository + "' must be lower case"
                            : "'" + part + "' in the repository is not of lower-case letters and digits,"
                                    + " separated by '.', '_', '__' or dashes");
        }
    }
}

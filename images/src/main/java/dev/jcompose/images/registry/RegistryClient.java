package dev.jcompose.images.registry;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.registry.Caller.Call;
import dev.jcompose.images.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One repository on one server. Thread-safe. */
public final class RegistryClient {
    private static final int MAX_MANIFEST_BYTES = 4 << 20;
    private static final String MANIFEST_TYPES = String.join(
            ", ", MediaType.OCI_INDEX, MediaType.OCI_MANIFEST, MediaType.DOCKER_INDEX, MediaType.DOCKER_MANIFEST);

    private final Caller caller;
    private final ImageReference reference;
    private final String path;

    RegistryClient(Caller caller, ImageReference reference) {
        this.caller = caller;
        this.reference = reference;
        path = "/v2/" + reference.repository();
    }

    /** The server's name. */
    public String registry() {
        return caller.endpoint().registry();
    }

    /** How often a transfer is tried again. */
    public Patience patience() {
        return caller.patience();
    }

    /** What the registry has under a tag or digest, whole and verified. */
    public ManifestDocument manifest(String tagOrDigest) throws IOException {
        Call call = Call.get(
                what("manifest for", tagOrDigest), uri("/manifests/" + tagOrDigest), pull(), "Accept", MANIFEST_TYPES);
        HttpResponse<InputStream> response = caller.expect(call, 200);
        byte[] content;
        try (InputStream body = caller.body(response)) {
            content = body.readNBytes(MAX_MANIFEST_BYTES + 1);
        }
        if (content.length > MAX_MANIFEST_BYTES) {
            throw damaged(call, "it is larger than " + MAX_MANIFEST_BYTES + " bytes");
        }
        Optional<Digest> expected = expected(tagOrDigest, response);
        if (expected.isPresent() && !expected.get().isOf(content)) {
            throw damaged(call, "it is not what its digest " + expected.get() + " says");
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        return new ManifestDocument(
                expected.orElseGet(() -> Digest.ofBytes(content)),
                (parameters < 0 ? type : type.substring(0, parameters)).strip(),
                content);
    }

    /** The digest of what the registry has under a tag or digest. */
    public Digest digest(String tagOrDigest) throws IOException {
        Call call = Call.head(
                what("manifest for", tagOrDigest), uri("/manifests/" + tagOrDigest), pull(), "Accept", MANIFEST_TYPES);
        HttpResponse<InputStream> response = caller.send(call);
        response.body().close();
        Optional<Digest> digest = response.statusCode() == 200 ? header(response) : Optional.empty();
        // An answer to HEAD has no words, so that an error is had again with some.
        return digest.isPresent() ? digest.get() : manifest(tagOrDigest).digest();
    }

    private static Optional<Digest> expected(String tagOrDigest, HttpResponse<?> response) {
        return tagOrDigest.indexOf(':') >= 0 ? Optional.of(Digest.parse(tagOrDigest)) : header(response);
    }

    private static Optional<Digest> header(HttpResponse<?> response) {
        try {
            return response.headers().firstValue("Docker-Content-Digest").map(Digest::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * A blob's content from some byte on. It is not verified: the caller sees all of it.
     *
     * @throws RegistryException of kind NOT_FOUND if there is none
     */
    public BlobBody blob(Digest digest, long fromBytes) throws IOException {
        URI uri = uri("/blobs/" + digest);
        String what = what("layer of", digest.toString());
        Call call = fromBytes == 0
                ? Call.get(what, uri, pull())
                : Call.get(what, uri, pull(), "Range", "bytes=" + fromBytes + "-");
        HttpResponse<InputStream> response = caller.expect(call, 200, 206);
        return new BlobBody(caller.body(response), response.statusCode() == 206 ? fromBytes : 0);
    }

    /** Whether the registry has a blob in this repository. */
    public boolean has(Digest digest) throws IOException {
        Call call = Call.head(what("layer of", digest.toString()), uri("/blobs/" + digest), push());
        HttpResponse<InputStream> response = caller.send(call);
        if (response.statusCode() == 200 || response.statusCode() == 404) {
            response.body().close();
            return response.statusCode() == 200;
        }
        throw caller.refused(call, response);
    }

    /**
     * Takes a blob over from another repository of the registry, as far as the registry does that.
     *
     * @return false if it is to be uploaded
     */
    public boolean mount(Digest digest, String fromRepository) throws IOException {
        Call call = new Call(
                what("layer of", digest.toString()),
                uri("/blobs/uploads/?mount=" + digest + "&from=" + fromRepository),
                List.of(push().get(0), "repository:" + fromRepository + ":pull"),
                List.of(),
                builder -> builder.POST(HttpRequest.BodyPublishers.noBody()));
        HttpResponse<InputStream> response = caller.send(call);
        response.body().close();
        return response.statusCode() == 201;
    }

    /** Uploads a blob; {@code sent} is told how many bytes have gone, and hears 0 again when it has to begin anew. */
    public void upload(Digest digest, Path file, LongConsumer sent) throws IOException {
        String what = what("upload of a layer to", digest.toString());
        for (int attempt = 1; ; attempt++) {
            Call begin = new Call(
                    what,
                    uri("/blobs/uploads/"),
                    push(),
                    List.of(),
                    builder -> builder.POST(HttpRequest.BodyPublishers.noBody()));
            HttpResponse<InputStream> begun = caller.expect(begin, 202);
            begun.body().close();
            String location = begun.headers().firstValue("Location").orElse("");
            URI base = caller.endpoint()
                    .follow(begun.uri(), location)
                    .orElseThrow(
                            () -> damaged(begin, "it says to upload to '" + location + "', which is not an https URL"));
            URI target = URI.create(base + (base.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
            Call put = new Call(
                    what,
                    target,
                    push(),
                    List.of("Content-Type", "application/octet-stream"),
                    builder -> builder.PUT(new CountedBody(file, sent)));
            HttpResponse<InputStream> done = caller.send(put);
            if (done.statusCode() == 201 || done.statusCode() == 204) {
                done.body().close();
                return;
            }
            // The registry may have lost the upload; whatever else it has to say, it will say again.
            if (done.statusCode() != 404 || attempt >= caller.patience().attempts()) {
                throw caller.refused(put, done);
            }
            done.body().close();
        }
    }

    /** Stores a manifest whose blobs are there. */
    public void putManifest(String tagOrDigest, String mediaType, byte[] content) throws IOException {
        Call call = new Call(
                what("manifest for", tagOrDigest),
                uri("/manifests/" + tagOrDigest),
                push(),
                List.of("Content-Type", mediaType),
                builder -> builder.PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
        caller.expect(call, 201, 200, 202).body().close();
    }

    private URI uri(String rest) {
        return caller.endpoint().resolve(path + rest);
    }

    private List<String> pull() {
        return List.of("repository:" + reference.repository() + ":pull");
    }

    private List<String> push() {
        return List.of("repository:" + reference.repository() + ":pull,push");
    }

    private String what(String kind, String tagOrDigest) {
        return "%s %s%s%s"
                .formatted(kind, reference.familiarName(), tagOrDigest.indexOf(':') < 0 ? ":" : "@", tagOrDigest);
    }

    private RegistryException damaged(Call call, String problem) {
        return new RegistryException(Kind.DAMAGED, call.what() + ": registry '" + registry() + "': " + problem);
    }
}

package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is made again and what is not; mounts, secrets, and how a build ends. */
@RequiresRoot
class BuildCacheIT extends BuildScenario {
    private static final String FILE = "FROM busybox\nCOPY f /f\nRUN cat /f >/g\nENV x=1\n";

    @Test
    void theSameIsTakenFromTheCacheAndIsTheSameImage() throws Exception {
        file("f", "one");
        Image first = build(FILE);
        assertThat(output()).doesNotContain("CACHED");
        Files.setLastModifiedTime(context().resolve("f"), FileTime.fromMillis(1000));
        assertThat(build(FILE).id()).isEqualTo(first.id());
        assertThat(output().stream().filter("CACHED"::equals)).hasSize(2);
    }

    @Test
    void anotherContentIsAnotherLayer() throws Exception {
        file("f", "two");
        Image first = build(FILE);
        file("f", "2");
        Image second = build(FILE);
        assertThat(content(second, "/g")).isEqualTo("2");
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void argumentsThatAreDeclaredCount() throws Exception {
        String dockerfile =
                "FROM busybox\nRUN cat /proc/sys/kernel/random/uuid >/before\nARG a\nRUN cat /proc/sys/kernel/random/uuid >/after\n";
        Image first = build(dockerfile, "    build: {context: ., args: {a: '1'}}\n");
        Image second = build(dockerfile, "    build: {context: ., args: {a: '2'}}\n");
        assertThat(content(second, "/before")).isEqualTo(content(first, "/before"));
        assertThat(content(second, "/after")).isNotEqualTo(content(first, "/after"));
    }

    @Test
    void noCacheMakesEverythingAgain() throws Exception {
        String dockerfile = "FROM busybox\nRUN cat /proc/sys/kernel/random/uuid >/now\n";
        Image first = build(dockerfile);
        Image second = build(dockerfile, "    build: {context: ., no_cache: true}\n");
        assertThat(content(second, "/now")).isNotEqualTo(content(first, "/now"));
    }

    @Test
    void theCacheOutlivesTheImageAndTheEngine() throws Exception {
        String dockerfile = "FROM busybox\nRUN cat /proc/sys/kernel/random/uuid >/kept\n";
        Image first = build(dockerfile, "    image: gone\n");
        String made = content(first, "/kept");
        engine().images().remove(first.id());
        assertThat(content(build(dockerfile, "    image: again\n"), "/kept")).isEqualTo(made);
    }

    @Test
    void aGivenDateMakesTheSameDigestsEveryTime() throws Exception {
        file("f", "three");
        String dockerfile = "FROM scratch\nCOPY f /f\nCOPY <<EOF /g\nx\nEOF\nWORKDIR /w\n";
        String more = "    build: {context: ., no_cache: true, args: {SOURCE_DATE_EPOCH: '1000000000'}}\n";
        Image first = build(dockerfile, more);
        Files.setLastModifiedTime(context().resolve("f"), FileTime.fromMillis(1_500_000_000_000L));
        Image second = build(dockerfile, more);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(document(second).created()).isEqualTo("2001-09-09T01:46:40Z");
        try (TestEngine other = new TestEngine(Files.createDirectory(context().resolveSibling("other")))) {
            String json = TestEngine.canonical(context(), "services:\n  web:\n" + more);
            other.engine().builds().build(BuildRequest.of(json, Set.of()), event -> {});
            assertThat(other.images()
                            .find(ImageReference.parse("p-web"))
                            .orElseThrow()
                            .id())
                    .as("made by another engine")
                    .isEqualTo(first.id());
        }
    }

    @Test
    void anotherModeOrOwnerIsAnotherLayer() throws Exception {
        Path f = file("f", "same");
        Image first = build(FILE);
        Files.setPosixFilePermissions(f, PosixFilePermissions.fromString("rwx------"));
        Image executable = build(FILE);
        assertThat(tree(executable)).containsEntry("/f", "f 0700 0:0 same");
        assertThat(executable.id()).isNotEqualTo(first.id());
        Image owned = build(FILE.replace("COPY f", "COPY --chown=1:2 f"));
        assertThat(tree(owned)).containsEntry("/f", "f 0700 1:2 same");
        Files.setAttribute(f, "unix:uid", 1000);
        assertThat(build(FILE).id()).as("whose the file is here does not count").isEqualTo(executable.id());
    }

    @Test
    void buildsAtOnceMakeALayerOnce() throws Exception {
        file("Dockerfile", "FROM busybox\nRUN sleep 0.3; cat /proc/sys/kernel/random/uuid >/once\n");
        String json = TestEngine.canonical(
                context(), "services:\n  a: {build: .}\n  b: {build: .}\n  c: {build: {context: .}}\n");
        engine().engine().builds().build(BuildRequest.of(json, Set.of()), event -> {});
        String made = content(image("p-a"), "/once");
        assertThat(content(image("p-b"), "/once")).isEqualTo(made);
        assertThat(content(image("p-c"), "/once")).isEqualTo(made);
    }

    @Test
    void servicesThatAreContextsAreBuiltFirst() throws Exception {
        file("base/Dockerfile", "FROM busybox\nRUN echo base >/b\n");
        file("Dockerfile", "FROM mybase\nRUN cat /b >/c\n");
        String json = TestEngine.canonical(context(), """
                services:
                  app: {build: {context: ., additional_contexts: {mybase: 'service:base'}}}
                  base: {build: ./base, image: 'thebase:1'}
                """);
        engine().engine().builds().build(BuildRequest.of(json, Set.of("app")), event -> {});
        assertThat(content(image("p-app"), "/c")).isEqualTo("base\n");
        assertThat(image("thebase:1")).isNotNull();
    }

    @Test
    void secretsAreSeenAndNotKept() throws Exception {
        file("token.txt", "s3cret");
        Image image = build(
                """
                FROM busybox
                RUN --mount=type=secret,id=token,mode=0444 cat /run/secrets/token | wc -c >/size
                RUN --mount=type=secret,id=token,target=/etc/token wc -c </etc/token >>/size
                RUN --mount=type=secret,id=variable,env=TOKEN echo ${#TOKEN} >>/size
                RUN --mount=type=secret,id=none true
                """,
                """
                    build:
                      context: .
                      secrets: [token, variable]
                secrets:
                  token: {file: ./token.txt}
                  variable: {environment: A_TOKEN}
                """,
                request -> new BuildRequest(
                        request.projectJson(),
                        request.services(),
                        false,
                        Map.of(),
                        false,
                        false,
                        false,
                        null,
                        List.of(),
                        Map.of("A_TOKEN", "four")));
        assertThat(content(image, "/size")).isEqualTo("6\n6\n4\n");
        assertThat(added(image)).containsOnlyKeys("/size");
        assertThatThrownBy(() -> build("FROM busybox\nRUN --mount=type=secret,id=x,required true\n"))
                .hasMessageContaining("Dockerfile:2:5: secret \"x\" is required, but not given");
    }

    @Test
    void cacheMountsKeepWhatIsInThem() throws Exception {
        Image image = build("""
                FROM busybox
                RUN --mount=type=cache,target=/c,id=kept echo x >>/c/lines
                RUN --mount=type=cache,target=/d,id=kept,sharing=locked echo x >>/d/lines && wc -l </d/lines >/n
                """);
        assertThat(content(image, "/n")).isEqualTo("2\n");
        assertThat(added(image)).containsOnlyKeys("/n");
    }

    @Test
    void bindMountsShowContextAndStages() throws Exception {
        file("dir/f", "F");
        file(".dockerignore", "dir/hidden");
        file("dir/hidden", "H");
        Image image = build("""
                FROM busybox AS made
                RUN mkdir /out && echo 1 >/out/made
                FROM busybox
                RUN --mount=target=/src ls /src/dir >/list && ! touch /src/no
                RUN --mount=type=bind,source=dir,target=/rw,rw touch /rw/new && ls /rw >>/list
                RUN --mount=from=made,source=/out,target=/out cat /out/made >>/list
                """);
        assertThat(content(image, "/list")).isEqualTo("f\nf\nnew\n1\n");
        assertThat(added(image)).containsOnlyKeys("/list");
        assertThat(context().resolve("dir/new")).doesNotExist();
    }

    @Test
    void anInterruptedBuildEndsItsCommandAndKeepsOnlyTheLayersThatItHasMade() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        String made = "FROM busybox\nRUN cat /proc/sys/kernel/random/uuid >/made\n";
        file("Dockerfile", made + "RUN echo begun; sleep 1000\n");
        String json = TestEngine.canonical(context(), "services:\n  slow: {build: .}\n");
        Thread[] builder = new Thread[1];
        CompletableFuture<String> outcome = new CompletableFuture<>();
        builder[0] = new Thread(() -> {
            try {
                engine().engine().builds().build(BuildRequest.of(json, Set.of()), event -> {
                    if (event.attributes().getOrDefault(BuildRequest.OUTPUT, "").endsWith("begun")) {
                        runs.countDown();
                    }
                });
                outcome.complete("built");
            } catch (EngineException e) {
                outcome.complete(e.kind() + " " + e.getMessage());
            }
        });
        builder[0].start();
        runs.await();
        builder[0].interrupt();
        assertThat(outcome.orTimeout(60, TimeUnit.SECONDS).join()).startsWith("CANCELLED");
        builder[0].join(Duration.ofSeconds(10).toMillis());
        assertThat(engine().images().content().root().resolve("tmp")).isEmptyDirectory();
        assertThat(content(build(made + "RUN cat /made >/copied\n"), "/copied")).hasSize(37);
        assertThat(output()).containsOnlyOnce("CACHED");
    }

    @Test
    void anImageThatIsRemovedWhileABuildUsesItCostsTheBuildNothing() throws Exception {
        Image base = build("FROM busybox\nRUN echo base >/base\n", "    image: base:1\n");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Image> building = thread.submit(
                    () -> build("FROM base:1\nRUN echo begun; sleep 1; cat /base >/copied\n", "    image: top:1\n"));
            await().until(() -> output().contains("begun"));
            assertThat(engine().engine().images().remove("base:1", true).deleted())
                    .containsExactly(base.id());
            Image top = building.get();
            assertThat(content(top, "/base")).isEqualTo("base\n");
            assertThat(content(top, "/copied")).isEqualTo("base\n");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void pruningWhileABuildRunsCostsItNothing() throws Exception {
        Image base = build("FROM busybox\nLABEL prune=me\nRUN echo base >/base\n", "    image: base:2\n");
        String dockerfile = """
                FROM base:2 AS one
                RUN cat /proc/sys/kernel/random/uuid >/made
                FROM base:2
                COPY --from=one /made /made
                RUN echo begun; sleep 1; cat /base /made >/copied
                """;
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Image> building = thread.submit(() -> build(dockerfile, "    image: top:2\n"));
            await().until(() -> output().contains("begun"));
            PruneImagesRequest request = new PruneImagesRequest(true, List.of("prune=me"), null);
            assertThat(engine().engine().images().prune(request).deleted()).containsExactly(base.id());
            Image top = building.get();
            assertThat(content(top, "/copied")).isEqualTo("base\n" + content(top, "/made"));
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void stagesRunAtOnce() throws Exception {
        Image image = build("""
                FROM busybox AS left
                RUN --mount=type=cache,target=/c,id=meet touch /c/left; for i in $(seq 100); do \\
                    test -e /c/right && exit 0; sleep 0.1; done; exit 1
                FROM busybox AS right
                RUN --mount=type=cache,target=/c,id=meet touch /c/right; for i in $(seq 100); do \\
                    test -e /c/left && exit 0; sleep 0.1; done; exit 1
                FROM scratch
                COPY --from=left /etc/group /1
                COPY --from=right /etc/group /2
                """);
        assertThat(tree(image)).containsOnlyKeys("/1", "/2");
    }

    @Test
    void aTargetIsBuiltAndNothingElse() throws Exception {
        Image image = build(
                "FROM busybox AS one\nRUN touch /1\nFROM busybox AS two\nRUN exit 1\n",
                "    build: {context: ., target: one}\n");
        assertThat(added(image)).containsOnlyKeys("/1");
        assertThatThrownBy(() -> build("FROM busybox\n", "    build: {context: ., target: none}\n"))
                .hasMessageContaining("target stage \"none\" could not be found");
    }
}

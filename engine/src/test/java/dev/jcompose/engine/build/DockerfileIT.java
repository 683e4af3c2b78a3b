package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageConfig;
import dev.jcompose.images.ImageHealthcheck;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.linux.testing.RequiresRoot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One test per instruction that changes the configuration, and RUN's forms. */
@RequiresRoot
class DockerfileIT extends BuildScenario {
    @Test
    void aLineIsRunByTheShell() throws Exception {
        Image image = build("FROM busybox\nRUN echo $((40+2)) >/answer\n");
        assertThat(added(image)).containsOnlyKeys("/answer");
        assertThat(content(image, "/answer")).isEqualTo("42\n");
    }

    @Test
    void theExecFormIsRunAsItIs() throws Exception {
        Image image = build("FROM busybox\nRUN [\"touch\", \"/a b\", \"/$HOME\"]\n");
        assertThat(added(image)).containsOnlyKeys("/a b", "/$HOME");
    }

    @Test
    void nothingOfMountsIsLeftInALayer() throws Exception {
        Image image = build("""
                FROM busybox
                RUN --mount=type=tmpfs,target=/scratch/deep --mount=type=cache,target=/var/cache/x \\
                    touch /scratch/deep/a /var/cache/x/b && test -s /etc/hosts && test -s /etc/resolv.conf
                """);
        assertThat(added(image)).isEmpty();
    }

    @Test
    void whatIsDeletedIsGone() throws Exception {
        Image image = build("""
                FROM busybox
                RUN mkdir -p /d/e && touch /d/1 /d/2 /d/e/3
                RUN rm /d/1 && rm -r /d/e && mkdir /d/e && touch /d/e/4 && ln /d/2 /d/5
                """);
        assertThat(added(image)).containsOnlyKeys("/d", "/d/2", "/d/5", "/d/e", "/d/e/4");
    }

    @Test
    void aFailureShowsTheLineAndTheLastOutput() {
        assertThatThrownBy(() -> build("FROM busybox\nRUN echo before; \\\n  echo worse >&2; exit 7\n"))
                .hasMessageContaining("Dockerfile:2:1: process \"/bin/sh -c echo before;   echo worse >&2; exit 7\""
                        + " did not complete successfully: exit code: 7")
                .hasMessageContaining("2 | RUN echo before; \\")
                .hasMessageContaining("\nlast output:")
                .hasMessageContaining("  before")
                .hasMessageContaining("  worse");
    }

    @Test
    void aProgramThatIsNotThereIsAnErrorOfItsLine() {
        assertThatThrownBy(() -> build("FROM busybox\nRUN [\"/no/such\"]\n"))
                .hasMessageContaining("Dockerfile:2:1:")
                .hasMessageContaining("/no/such");
    }

    @Test
    void hereDocumentsAreScripts() throws Exception {
        Image image = build("""
                FROM busybox
                RUN <<EOF
                x=1
                echo $x >/one
                EOF
                RUN <<-"END" cat >/two
                \t$not \\expanded
                END
                RUN <<'SCRIPT'
                #!/bin/cat
                a script of another program
                SCRIPT
                RUN cat <<A >/three && cat <<B >>/three
                1
                A
                2
                B
                """);
        assertThat(content(image, "/one")).isEqualTo("1\n");
        assertThat(content(image, "/two")).isEqualTo("$not \\expanded\n");
        assertThat(content(image, "/three")).isEqualTo("1\n2\n");
        assertThat(output()).contains("a script of another program");
    }

    @Test
    void argumentsAreSeenFromTheirInstructionOn() throws Exception {
        Image image = build("""
                ARG VERSION=1
                ARG BASE=busy
                FROM ${BASE}box
                ARG VERSION
                ARG OTHER=${VERSION}.2
                ARG GIVEN
                ENV ENVIRONMENT=e-$OTHER
                RUN echo "$VERSION $OTHER ${GIVEN} $UNKNOWN $ENVIRONMENT" >/args
                """, "    build: {context: ., args: {GIVEN: yes it is}}\n");
        assertThat(content(image, "/args")).isEqualTo("1 1.2 yes it is  e-1.2\n");
        assertThat(image.config().env()).contains("ENVIRONMENT=e-1.2").noneMatch(text -> text.startsWith("GIVEN"));
    }

    @Test
    void platformArgumentsAreThere() throws Exception {
        Image image = build("FROM busybox\nARG TARGETOS\nARG BUILDPLATFORM\nRUN echo $TARGETOS $BUILDPLATFORM >/p\n");
        assertThat(content(image, "/p")).startsWith("linux linux/");
    }

    @Test
    void variablesAreReplacedAsTheShellDoes() throws Exception {
        Image image = build("""
                FROM busybox
                ENV a=foo/bar.tar.gz empty=
                ENV b=${a:-x} c=${none:-d$a} d=${a:+set} e=${none:+set} f=${empty:-e} g=${empty-e} \\
                    h=${a#*/} i=${a%.*} j=${a%%.*} k=${a##*/} l=${a/o/0} m=${a//o/0} n=\\$a o='$a' p="q $a"
                ENV old a  value with $a
                """);
        assertThat(image.config().env())
                .contains("b=foo/bar.tar.gz", "c=dfoo/bar.tar.gz", "d=set", "e=", "f=e", "g=")
                .contains("h=bar.tar.gz", "i=foo/bar.tar", "j=foo/bar", "k=bar.tar.gz", "l=f0o/bar.tar.gz")
                .contains("m=f00/bar.tar.gz", "n=$a", "o=$a", "p=q foo/bar.tar.gz")
                .contains("old=a  value with foo/bar.tar.gz");
    }

    @Test
    void theConfigurationIsWhatTheInstructionsSay() throws Exception {
        Image image = build("""
                FROM busybox
                LABEL one=1 two="t w o"
                MAINTAINER somebody
                EXPOSE 80 90-91/udp
                VOLUME /data
                VOLUME ["/more"]
                USER app:staff
                WORKDIR /w
                WORKDIR x
                STOPSIGNAL SIGINT
                ENTRYPOINT ["entry", "$x"]
                CMD run me
                HEALTHCHECK --interval=1m30s --retries=4 CMD ["true"]
                ONBUILD RUN touch /triggered
                """);
        ImageConfig config = image.config();
        assertThat(config.labels()).containsEntry("one", "1").containsEntry("two", "t w o");
        assertThat(config.labels()).containsEntry("com.docker.compose.service", "web");
        assertThat(config.exposedPorts()).containsExactlyInAnyOrder("80/tcp", "90/udp", "91/udp");
        assertThat(config.volumes()).contains("/data", "/more");
        assertThat(config.user()).isEqualTo("app:staff");
        assertThat(config.workingDir()).isEqualTo("/w/x");
        assertThat(config.stopSignal()).isEqualTo("SIGINT");
        assertThat(config.entrypoint()).containsExactly("entry", "$x");
        assertThat(config.cmd()).containsExactly("/bin/sh", "-c", "run me");
        assertThat(config.healthcheck())
                .isEqualTo(new ImageHealthcheck(List.of("CMD", "true"), Duration.ofSeconds(90), null, null, null, 4));
        ImageJson document = document(image);
        assertThat(document.author()).isEqualTo("somebody");
        assertThat(document.config().onBuild()).containsExactly("RUN touch /triggered");
        assertThat(added(image)).containsOnlyKeys("/w", "/w/x");
    }

    @Test
    void anEntrypointDropsTheCommandOfTheBase() throws Exception {
        assertThat(build("FROM busybox\nENTRYPOINT [\"x\"]\n").config().cmd()).isEmpty();
        assertThat(build("FROM busybox\nCMD [\"y\"]\nENTRYPOINT [\"x\"]\n")
                        .config()
                        .cmd())
                .containsExactly("y");
        assertThat(build("FROM busybox\n").config().cmd()).containsExactly("sh");
    }

    @Test
    void noHealthcheckIsSaidToo() throws Exception {
        assertThat(build("FROM busybox\nHEALTHCHECK NONE\n").config().healthcheck())
                .isEqualTo(new ImageHealthcheck(List.of("NONE"), null, null, null, null, null));
    }

    @Test
    void anotherShellRunsTheLines() throws Exception {
        Image image = build("FROM busybox\nSHELL [\"/bin/sh\", \"-ec\"]\nRUN echo $- >/flags\nCMD x\n");
        assertThat(content(image, "/flags")).contains("e");
        assertThat(image.config().cmd()).containsExactly("/bin/sh", "-ec", "x");
    }

    @Test
    void theUserAndTheDirectoryCountForCommands() throws Exception {
        Image image = build(
                "FROM busybox\nWORKDIR /tmp\nUSER app\nRUN id -u >who; id -g >>who; pwd >>who; echo $HOME >>who\n");
        assertThat(content(image, "/tmp/who")).isEqualTo("1000\n1001\n/tmp\n/home/app\n");
        assertThat(tree(image).get("/tmp/who")).startsWith("f 0644 1000:1001");
    }

    @Test
    void triggersOfTheBaseRunFirst() throws Exception {
        build("FROM busybox\nONBUILD COPY f /f\nONBUILD RUN cat /f >/g\n", "    image: triggers\n");
        file("f", "hello");
        Image image = build("FROM triggers\nRUN cat /g >/h\n");
        assertThat(content(image, "/h")).isEqualTo("hello");
        assertThat(document(image).config().onBuild()).isEmpty();
    }

    @Test
    void commandsHaveNoNetworkWhereThatIsSaid() throws Exception {
        Image image =
                build("FROM busybox\nRUN --network=none ip link | grep -c ': ' >/n\nRUN ip link | grep -c ': ' >/d\n");
        assertThat(content(image, "/n")).isEqualTo("1\n");
        assertThat(content(image, "/d")).isEqualTo("2\n");
    }

    @Test
    void anImageOfTheHostCanBeABase() throws Exception {
        Image image = build("FROM localhost/host\nRUN test -d /usr && echo made >/opt/made\n");
        assertThat(image.isOnHost()).isTrue();
        assertThat(image.layers()).hasSize(3);
        Image next = build("FROM p-web\nRUN cat /opt/made >/opt/next\n", "    image: next\n");
        assertThat(next.layers()).hasSize(4);
    }

    @Test
    void mistakesHaveAPlace() {
        assertThatThrownBy(() -> build("FROM busybox\nRUN x\nCOPPY a b\n"))
                .hasMessageContaining("Dockerfile:3:1: unknown instruction: COPPY (did you mean COPY?)");
        assertThatThrownBy(() -> build("FROM busybox\nENV a=1 \\\n  b=${c\n"))
                .hasMessageContaining("Dockerfile:3:3: bad substitution");
        assertThatThrownBy(() -> build("FROM nowhere/nothing:1\n")).hasMessageContaining("Dockerfile:1:6:");
    }

    @Test
    void whatIsNotGivenIsRefused() {
        assertThatThrownBy(() -> build("FROM busybox\nRUN --network=host true\n"))
                .hasMessageContaining("network.host is not allowed");
        assertThatThrownBy(() -> build("FROM busybox\nRUN --security=insecure true\n"))
                .hasMessageContaining("security.insecure is not allowed");
        assertThatThrownBy(() -> build("FROM --platform=linux/s390x busybox\n"))
                .hasMessageContaining("Dockerfile:1:6: platform \"linux/s390x\" is not this machine's");
    }

    @Test
    void historyTellsHowTheImageCameToBe() throws Exception {
        Image image = build("FROM busybox\nARG a=1\nRUN true\nENV b=2\n");
        List<ImageJson.History> history = document(image).history();
        assertThat(history.subList(history.size() - 3, history.size()))
                .extracting(ImageJson.History::createdBy)
                .containsExactly("ARG a=1", "RUN |1 a=1 /bin/sh -c true", "ENV b=2");
        assertThat(history.stream().filter(step -> !step.emptyLayer())).hasSameSizeAs(image.layers());
    }
}

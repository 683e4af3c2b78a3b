package dev.jcompose.engine.build;

import java.util.LinkedHashMap;
import java.util.Map;

/** Dockerfiles that every builder understands, by what they show; {@code base} is an image with busybox. */
final class DockerfileCases {
    static final String ARGUMENTS = """
            ARG G=global
            ARG unused
            FROM base AS one
            ARG G
            ARG own=own-$G
            ENV seen="$G ${own}"
            RUN echo "$G $own" >/args
            FROM base
            ARG later=${G:-nothing}
            RUN echo "$later ${own:-none}" >/later
            COPY --from=one /args /args
            """;

    static final String STAGES = """
            FROM base AS one
            RUN echo 1 >/one
            ENV STAGE=one
            FROM one AS two
            COPY --from=0 /one /again
            ENV STAGE=two
            FROM base
            COPY --from=two /again /from-two
            COPY --from=one /one /from-one
            COPY --from=base /real/here /from-image
            """;

    static final Map<String, String> ALL = new LinkedHashMap<>();

    private DockerfileCases() {}

    /** Instructions on the base image. */
    private static void on(String name, String instructions) {
        ALL.put(name, "FROM base\n" + instructions);
    }

    static {
        from();
        run();
        copy();
        add();
        values();
        commands();
        syntax();
    }

    private static void from() {
        ALL.put("FROM scratch", "FROM scratch\nCOPY one.txt /\n");
        ALL.put("FROM a stage, COPY --from by name, number and image", STAGES);
        ALL.put("FROM with arguments", "ARG name=ba\nARG tag\nFROM ${name}se${tag:+:$tag}\nRUN echo x >/x\n");
        ALL.put("FROM --platform", "FROM --platform=linux/amd64 base\nRUN echo x >/x\n");
        ALL.put("ARG in and out of scope", ARGUMENTS);
        ALL.put(
                "stages that nobody needs",
                "FROM base AS broken\nRUN false\nFROM base AS fine\nRUN echo x >/x\nFROM fine\n");
    }

    private static void run() {
        on("RUN in shell form", "RUN echo \"a  b\" | tee /x && echo $BASE >/y\n");
        on("RUN in exec form", "RUN [\"/bin/sh\", \"-c\", \"echo $BASE >/x\"]\nRUN [\"touch\", \"/a b\"]\n");
        on("RUN over several lines", "RUN echo 1 >/x && \\\n    # a comment\n\n    echo 2 >/y \\\n  && echo 3 >/z\n");
        on("RUN that removes and replaces", """
                RUN rm -r /old && mkdir /old && echo new >/old/new
                RUN rm /to-file && mkdir /to-file && chmod 1777 /to-file
                RUN rm -r /real && mkdir -p /real && rm /link
                """);
        on("RUN as a user", "RUN mkdir /mine && chown app /mine\nUSER app\nRUN id -u >/mine/u && id -g >/mine/g\n");
        on("RUN as numbers", "RUN chmod 777 /real\nUSER 7:8\nRUN touch /real/made\n");
        on("RUN in a directory", "WORKDIR /real\nRUN pwd >here2\n");
        on(
                "RUN that changes modes and owners",
                "RUN chmod 4755 /real/here && chown -R 9:9 /old && chown -h 3:3 /link\n");
        on("RUN with hard links", "RUN echo h >/h1 && ln /h1 /h2 && mkdir /hd && ln /h1 /hd/h3\n");
        on("RUN --mount=type=bind", """
                RUN --mount=type=bind,source=d,target=/mnt cat /mnt/one /mnt/sub/two >/seen
                RUN --mount=type=bind,target=/ctx,rw echo gone >/ctx/new && cat /ctx/one.txt >>/seen
                """);
        ALL.put("RUN --mount=type=bind,from", """
                FROM base AS other
                RUN mkdir /out && echo o >/out/o
                FROM base
                RUN --mount=type=bind,from=other,source=/out,target=/mnt cp /mnt/o /o
                """);
        on("RUN --mount=type=cache", """
                RUN --mount=type=cache,target=/cache echo c >/cache/c
                RUN --mount=type=cache,target=/cache,mode=0700,uid=3,id=other stat -c '%a %u' /cache >/seen
                """);
        on("RUN --mount=type=tmpfs", "RUN --mount=type=tmpfs,target=/scratch touch /scratch/x && echo x >/x\n");
    }

    private static void copy() {
        on("COPY a file", "COPY one.txt /x\nCOPY one.txt /dir/\nCOPY one.txt /\nCOPY one.txt /new/deep/name\n");
        on("COPY with relative destinations", "WORKDIR /w\nCOPY one.txt .\nCOPY two.txt ./x\nCOPY d sub/dir\n");
        on("COPY of several", "COPY one.txt two.txt script /dir/\n");
        on("COPY of patterns", "COPY *.txt /t/\nCOPY d/o?e /t/q\nCOPY [st]*pt /t/\n");
        on("COPY of a directory", "COPY d /d\nCOPY d/ /e/\nCOPY d/sub /f\n");
        on("COPY of everything", "COPY . /all/\n");
        on("COPY in JSON form", "COPY [\"with space.txt\", \"/a b/\"]\nCOPY [\"one.txt\", \"two.txt\", \"/j/\"]\n");
        on("COPY keeps modes", "COPY script /script\nCOPY closed /closed\n");
        on("COPY --chown", """
                COPY --chown=app one.txt /a
                COPY --chown=app:staff two.txt /b
                COPY --chown=12:34 d /c
                COPY --chown=77 one.txt /new/d
                """);
        on("COPY --chmod", "COPY --chmod=640 one.txt /a\nCOPY --chmod=0755 d/one /b\n");
        on("COPY over what is there", "COPY one.txt /real/here\nCOPY d /old\nCOPY one.txt /to-file\n");
        on("COPY behind a link", "COPY one.txt /link/\nCOPY d /link/d\n");
        on("COPY with variables", "ENV src=one dst=/v\nARG ext=txt\nCOPY ${src}.$ext $dst/\n");
        ALL.put("COPY --from keeps owners and links", """
                FROM base AS made
                RUN mkdir -p /o/p && echo 1 >/o/p/f && ln -s p/f /o/l && chown -R 4:5 /o && chmod 2750 /o/p
                FROM base
                COPY --from=made /o /copied
                COPY --from=made --chown=6:7 /o /owned
                COPY --from=made /o/l /one
                """);
        on("COPY of a link in the context", "COPY soft/one /s\nCOPY d/link /l\n");
    }

    private static void add() {
        on("ADD of files and directories", "ADD one.txt /x\nADD d /d\nADD --chown=3:4 two.txt /y\nADD *.txt /t/\n");
        on("ADD of archives", "ADD a.tar /plain/\nADD a.tar.gz /packed/\n");
        on("ADD --chmod", "ADD --chmod=600 one.txt /x\n");
    }

    private static void values() {
        on("ENV with one value", "ENV old some words here\nENV A 1\nRUN echo \"$old|$A\" >/x\n");
        on("ENV with pairs", "ENV A=1 B=\"two words\" C='single $A' D=a\\ b E=\nRUN env | sort | grep '^[A-E]=' >/x\n");
        on("ENV refers to itself", "ENV A=1\nENV A=2 B=$A\nENV PATH=$PATH:/more\nRUN echo $A $B >/x\n");
        on("ENV with modifiers", "ENV A=1\nENV B=${A:-x} C=${none:-d} D=${A:+yes} E=${none:+no} F=\\$A G=\\${A}\n");
        on("ENV over ARG", "ARG A=arg\nENV A=env\nRUN echo $A >/x\n");
        on("LABEL", "LABEL a=1 b=\"two words\" \"c d\"=e\nLABEL f=\"over \\\nlines\" g=$BASE\nLABEL a=2\n");
        on("EXPOSE", "EXPOSE 80 443/tcp 53/udp\nARG p=99\nEXPOSE $p\n");
        on("VOLUME", "RUN mkdir /a /b '/c d'\nVOLUME /a /b\nVOLUME [\"/c d\"]\n");
        on("USER", "ARG who=app\nUSER $who:staff\n");
        on("WORKDIR", "WORKDIR /a\nWORKDIR b/../c\nENV d=dd\nWORKDIR $d\nWORKDIR /real\nRUN pwd >/x\n");
        on("WORKDIR that is made", "WORKDIR /new/deep\nRUN touch file\n");
        on("STOPSIGNAL", "STOPSIGNAL SIGINT\n");
        on("MAINTAINER", "MAINTAINER Ada <ada@example.org>\n");
    }

    private static void commands() {
        on("CMD in exec form", "CMD [\"a\", \"b c\", \"$BASE\"]\n");
        on("CMD in shell form", "CMD echo  $BASE\n");
        on("ENTRYPOINT in exec form", "CMD [\"x\"]\nENTRYPOINT [\"/bin/sh\", \"-c\"]\nCMD [\"y\"]\n");
        on("ENTRYPOINT in shell form", "ENTRYPOINT exec sleep 1\n");
        ALL.put("ENTRYPOINT drops the command of the base", """
                FROM base AS below
                CMD ["x"]
                FROM below
                ENTRYPOINT ["/e"]
                """);
        on("HEALTHCHECK", """
                HEALTHCHECK --interval=5s --timeout=1m30s --start-period=2s --retries=4 CMD ["true", "x"]
                """);
        on("HEALTHCHECK in shell form", "HEALTHCHECK CMD test -e /x || exit 1\n");
        on("HEALTHCHECK NONE", "HEALTHCHECK NONE\n");
        on("SHELL", "SHELL [\"/bin/busybox\", \"sh\", \"-ec\"]\nRUN echo $0 >/x\n");
        on("ONBUILD", "ONBUILD RUN echo x >/x\nONBUILD COPY one.txt /o\n");
        ALL.put("ONBUILD in a child", """
                FROM base AS parent
                ONBUILD RUN echo triggered >/t
                ONBUILD ENV T=1
                FROM parent
                RUN echo $T >/after
                """);
    }

    private static void syntax() {
        ALL.put("instructions in any case", "from base\nrun echo x >/x\ncopy one.txt /y\nEnv a=b\n");
        ALL.put("another escape character", "# escape=`\nFROM base\nRUN echo 1 `\n  2 >/x\n");
        ALL.put("comments and empty lines", "# first\n\nFROM base\n  # indented\n\n   RUN echo x >/x\n# last");
    }
}

package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A volume on a server of NFS, which is the kernel of this machine. */
@RequiresRoot
class NfsVolumeIT extends EngineScenario {
    private @Nullable Process mountd;

    @AfterEach
    void stopTheServer() throws Exception {
        engine().down();
        if (mountd != null) {
            shell("rpc.nfsd 0; exportfs -au");
            mountd.destroy();
            mountd.waitFor();
        }
    }

    @Test
    void aDirectoryOfAnotherMachineIsAVolume() throws Exception {
        Path export = directory().resolve("export");
        Files.createDirectory(export);
        serve(export);
        String compose = """
                services:
                  web: {image: localhost/host, command: sleep 1000, volumes: ["far:/far"]}
                volumes:
                  far: {driver_opts: {type: nfs, device: ":/", o: "addr=localhost,nfsvers=4,rw,noatime"}}
                """;
        up(compose);

        assertThat(engine().exec("p-web-1", "sh", "-c", "echo hi >/far/file; stat -f -c %T /far"))
                .isEqualTo("0: nfs\n");
        assertThat(export.resolve("file")).hasContent("hi\n");
        engine().down();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(" nfs4 ");
        up(compose);
        assertThat(engine().exec("p-web-1", "cat", "/far/file")).isEqualTo("0: hi\n");
    }

    /** Of version 4 alone, which needs no other servers, and without waiting for clients of a server before. */
    private void serve(Path export) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/rpc.nfsd")), "needs Debian's nfs-kernel-server");
        assumeTrue(shell("modprobe -a nfs nfsd && grep -w nfsd /proc/filesystems") == 0, "needs nfs in the kernel");
        assertThat(shell("mountpoint -q /proc/fs/nfsd || mount -t nfsd nfsd /proc/fs/nfsd"))
                .isZero();
        assertThat(shell("exportfs -o rw,fsid=0,no_root_squash,insecure,no_subtree_check 127.0.0.1:" + export))
                .isZero();
        mountd = new ProcessBuilder("rpc.mountd", "--foreground", "--no-nfs-version", "3").start();
        assertThat(shell("rpc.nfsd --no-nfs-version 3 1 && echo Y >/proc/fs/nfsd/v4_end_grace"))
                .isZero();
    }

    private static int shell(String script) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            System.err.println(script + ": " + said);
        }
        return exit;
    }
}

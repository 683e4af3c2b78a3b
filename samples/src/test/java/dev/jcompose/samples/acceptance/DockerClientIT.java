package dev.jcompose.samples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Link;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The client of Docker's API that Java programs use, as it is, at the engine's socket. */
@RequiresRoot
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DockerClientIT extends SharedEngineScenario {
    private static final String FILE = """
            name: api
            services:
              web:
                image: localhost/host
                init: true
                command: sh -c "echo hello; echo oops >&2; exec sleep 1000"
                environment: {COLOUR: blue}
                working_dir: /tmp
                user: "0:0"
                labels: {role: front}
                ports: ["127.0.0.1::80"]
                volumes: ["data:/data", "./bound:/bound:ro"]
                tmpfs: ["/scratch:size=1m"]
                mem_limit: 64m
                cpus: 0.5
                pids_limit: 50
                cap_add: [NET_RAW]
                restart: on-failure:3
                stop_grace_period: 2s
                healthcheck: {test: "true", interval: 1s}
                networks: {default: {aliases: [www]}}
              other: {image: localhost/host, command: sleep 1000, init: true}
            volumes: {data: {}}
            """;

    private DockerClient client;

    @BeforeAll
    void up() throws Exception {
        write(FILE);
        jcompose.ok("up", "-d", "--wait");
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost("unix://" + folder.resolve("run/engine.sock"))
                .withDockerTlsVerify(false)
                .build();
        client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    @AfterAll
    void closeTheClient() throws Exception {
        client.close();
    }

    @Test
    void theEngineIntroducesItself() {
        client.pingCmd().exec();
        assertThat(client.versionCmd().exec().getApiVersion()).isEqualTo("1.44");
        assertThat(client.infoCmd().exec().getOsType()).isEqualTo("linux");
    }

    @Test
    void containersAreFoundByLabelAndName() {
        List<Container> found = client.listContainersCmd()
                .withLabelFilter(Map.of("com.docker.compose.project", "api", "role", "front"))
                .exec();

        assertThat(found).singleElement().satisfies(container -> {
            assertThat(container.getNames()).containsExactly("/api-web-1");
            assertThat(container.getState()).isEqualTo("running");
            assertThat(container.getStatus()).contains("(healthy)");
            assertThat(container.getPorts()[0].getPrivatePort()).isEqualTo(80);
        });
        assertThat(client.listContainersCmd()
                        .withNameFilter(List.of("api-other"))
                        .exec())
                .hasSize(1);
        assertThat(client.listContainersCmd()
                        .withStatusFilter(List.of("exited"))
                        .exec())
                .isEmpty();
    }

    @Test
    void inspectTellsWhatTheContainerIs() {
        InspectContainerResponse web = client.inspectContainerCmd("api-web-1").exec();

        assertThat(web.getName()).isEqualTo("/api-web-1");
        assertThat(web.getState().getRunning()).isTrue();
        assertThat(web.getState().getPidLong()).isPositive();
        assertThat(web.getState().getHealth().getStatus()).isEqualTo("healthy");
        assertThat(web.getConfig().getEnv()).contains("COLOUR=blue");
        assertThat(web.getConfig().getWorkingDir()).isEqualTo("/tmp");
        assertThat(web.getConfig().getUser()).isEqualTo("0:0");
        assertThat(web.getConfig().getLabels()).containsEntry("role", "front");
        assertThat(web.getConfig().getExposedPorts()).containsExactly(ExposedPort.tcp(80));
        assertThat(web.getConfig().getHealthcheck().getTest()).last().isEqualTo("true");
        assertThat(web.getHostConfig().getMemory()).isEqualTo(64L << 20);
        assertThat(web.getHostConfig().getNanoCPUs()).isEqualTo(500_000_000L);
        assertThat(web.getHostConfig().getPidsLimit()).isEqualTo(50L);
        assertThat(Objects.requireNonNull(web.getHostConfig().getCapAdd())[0].name())
                .isEqualTo("NET_RAW");
        assertThat(web.getHostConfig().getRestartPolicy().getName()).isEqualTo("on-failure");
        assertThat(web.getHostConfig().getRestartPolicy().getMaximumRetryCount())
                .isEqualTo(3);
        assertThat(web.getHostConfig().getTmpFs()).containsEntry("/scratch", "size=1m");
        assertThat(web.getHostConfig().getBinds()).hasSize(2);
        assertThat(web.getMounts()).hasSize(2).anySatisfy(mount -> {
            assertThat(mount.getName()).isEqualTo("api_data");
            assertThat(Objects.requireNonNull(mount.getDestination()).getPath()).isEqualTo("/data");
        });
        assertThat(web.getMounts()).anySatisfy(mount -> {
            assertThat(mount.getSource()).isEqualTo(folder.resolve("bound").toString());
            assertThat(mount.getRW()).isFalse();
        });
        var bindings = web.getNetworkSettings().getPorts().getBindings().get(ExposedPort.tcp(80));
        assertThat(bindings[0].getHostIp()).isEqualTo("127.0.0.1");
        assertThat(Integer.parseInt(bindings[0].getHostPortSpec())).isPositive();
        var network = web.getNetworkSettings().getNetworks().get("api_default");
        assertThat(network.getIpAddress()).matches("[0-9.]+");
        assertThat(network.getGateway()).matches("[0-9.]+");
        assertThat(network.getNetworkID())
                .isEqualTo(client.inspectNetworkCmd()
                        .withNetworkId("api_default")
                        .exec()
                        .getId());
        assertThat(network.getAliases()).contains("web", "www");
        assertThatThrownBy(() -> client.inspectContainerCmd("nope").exec()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void logsComeAsFramesOfTheirStream() throws Exception {
        List<Frame> frames = new CopyOnWriteArrayList<>();

        client.logContainerCmd("api-web-1")
                .withStdOut(true)
                .withStdErr(true)
                .withTailAll()
                .exec(collect(frames))
                .awaitCompletion(10, TimeUnit.SECONDS);

        assertThat(frames).anyMatch(frame -> is(frame, StreamType.STDOUT, "hello\n"));
        assertThat(frames).anyMatch(frame -> is(frame, StreamType.STDERR, "oops\n"));
    }

    @Test
    void aCommandIsExecutedWithInputAndItsExitCodeIsKnown() throws Exception {
        String id = client.execCreateCmd("api-web-1")
                .withCmd("sh", "-c", "read line; echo got $line; exit 5")
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        List<Frame> frames = new CopyOnWriteArrayList<>();

        client.execStartCmd(id)
                .withStdIn(new ByteArrayInputStream("input\n".getBytes(UTF_8)))
                .exec(collect(frames))
                .awaitCompletion(10, TimeUnit.SECONDS);

        assertThat(frames).anyMatch(frame -> is(frame, StreamType.STDOUT, "got input\n"));
        assertThat(client.inspectExecCmd(id).exec().getExitCodeLong()).isEqualTo(5);
    }

    @Test
    void eventsTellOfAStopAndAStart() throws Exception {
        List<String> actions = new CopyOnWriteArrayList<>();
        // The stream begins when it does; what was before it is told too.
        String now = Long.toString(Instant.now().getEpochSecond());
        try (var events = client.eventsCmd().withSince(now).exec(new ResultCallback.Adapter<Event>() {
            @Override
            public void onNext(Event event) {
                if (event.getActor() != null
                        && "api-other-1".equals(event.getActor().getAttributes().get("name"))) {
                    actions.add(event.getAction());
                }
            }
        })) {
            client.stopContainerCmd("api-other-1").withTimeout(2).exec();
            assertThatThrownBy(() -> client.stopContainerCmd("api-other-1").exec())
                    .isInstanceOf(NotModifiedException.class);
            client.startContainerCmd("api-other-1").exec();
            await().untilAsserted(() -> assertThat(actions).containsSubsequence("die", "start"));
        }
        assertThat(client.inspectContainerCmd("api-other-1").exec().getState().getRunning())
                .isTrue();
        client.killContainerCmd("api-other-1").withSignal("KILL").exec();
        await().until(() -> Objects.equals(
                client.inspectContainerCmd("api-other-1").exec().getState().getExitCodeLong(), 137L));
        client.restartContainerCmd("api-other-1").withTimeout(1).exec();
    }

    @Test
    void imagesNetworksVolumesAndNumbersAreThere() throws Exception {
        assertThat(client.listImagesCmd().exec())
                .anyMatch(image -> List.of(image.getRepoTags()).contains("localhost/host:latest"));
        assertThat(client.inspectImageCmd("localhost/host").exec().getOs()).isEqualTo("linux");
        assertThat(client.listNetworksCmd().withNameFilter("api_default").exec())
                .hasSize(1);
        assertThat(client.listVolumesCmd().exec().getVolumes())
                .anyMatch(volume -> volume.getName().equals("api_data"));
        assertThat(client.topContainerCmd("api-web-1").exec().getProcesses()).isNotEmpty();
        List<Statistics> numbers = new CopyOnWriteArrayList<>();
        client.statsCmd("api-web-1")
                .withNoStream(true)
                .exec(new ResultCallback.Adapter<Statistics>() {
                    @Override
                    public void onNext(Statistics one) {
                        numbers.add(one);
                    }
                })
                .awaitCompletion(10, TimeUnit.SECONDS);
        assertThat(numbers).hasSize(1);
        assertThat(numbers.get(0).getMemoryStats().getUsage()).isPositive();
        try (var tar =
                client.copyArchiveFromContainerCmd("api-web-1", "/etc/hostname").exec()) {
            assertThat(tar.readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void aContainerOfNoComposeFileIsCreatedStartedAwaitedAndRemoved() throws Exception {
        String id = client.createContainerCmd("localhost/host")
                .withName("api-lonely")
                .withCmd("sh", "-c", "echo $COLOUR; exit 6")
                .withEnv("COLOUR=green")
                .withLabels(Map.of("who", "me"))
                .exec()
                .getId();
        client.startContainerCmd(id).exec();
        int code = client.waitContainerCmd(id).start().awaitStatusCode(10, TimeUnit.SECONDS);
        assertThat(code).isEqualTo(6);
        List<Frame> frames = new CopyOnWriteArrayList<>();
        client.logContainerCmd(id).withStdOut(true).exec(collect(frames)).awaitCompletion(10, TimeUnit.SECONDS);
        assertThat(frames).anyMatch(frame -> is(frame, StreamType.STDOUT, "green\n"));
        assertThat(client.inspectContainerCmd("api-lonely").exec().getConfig().getLabels())
                .containsEntry("who", "me");
        client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
        assertThatThrownBy(() -> client.inspectContainerCmd(id).exec()).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.createContainerCmd("nosuch:1").exec()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aCreatedContainerHasItsLimitsDevicesAndLinks() throws Exception {
        HostConfig settings = HostConfig.newHostConfig()
                .withUlimits(List.of(new Ulimit("nofile", 321L, 654L)))
                .withDevices(new Device("rw", "/dev/drain", "/dev/null"))
                .withLinks(new Link("api-web-1", "front"))
                .withNetworkMode("api_default");
        String id = client.createContainerCmd("localhost/host")
                .withCmd("sh", "-c", "ulimit -Sn; ulimit -Hn; echo x >/dev/drain; getent hosts front >&2; echo $?")
                .withHostConfig(settings)
                .exec()
                .getId();

        assertThat(ranToItsEnd(id)).isEqualTo("321\n654\n0\n");
        client.removeContainerCmd(id).exec();
    }

    @Test
    void aContainerThatHasTheSocketCanAskTheEngine() throws Exception {
        HostConfig settings =
                HostConfig.newHostConfig().withBinds(Bind.parse(folder + "/run/engine.sock:/var/run/docker.sock"));
        String list = "curl -s --unix-socket /var/run/docker.sock http://localhost/v1.44/containers/json";
        String id = client.createContainerCmd("localhost/host")
                .withCmd("sh", "-c", list + " | grep -o /api-web-1 | head -n 1")
                .withHostConfig(settings)
                .exec()
                .getId();

        assertThat(ranToItsEnd(id)).isEqualTo("/api-web-1\n");
        client.removeContainerCmd(id).exec();
    }

    /** Starts a container; what it has written to its standard output until it ended. */
    private String ranToItsEnd(String id) throws InterruptedException {
        client.startContainerCmd(id).exec();
        client.waitContainerCmd(id).start().awaitStatusCode(10, TimeUnit.SECONDS);
        List<Frame> frames = new CopyOnWriteArrayList<>();
        client.logContainerCmd(id).withStdOut(true).exec(collect(frames)).awaitCompletion(10, TimeUnit.SECONDS);
        return text(frames);
    }

    private static String text(List<Frame> frames) {
        return frames.stream()
                .map(frame -> new String(frame.getPayload(), UTF_8))
                .collect(Collectors.joining());
    }

    private static ResultCallback.Adapter<Frame> collect(List<Frame> frames) {
        return new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                frames.add(frame);
            }
        };
    }

    private static boolean is(Frame frame, StreamType stream, String text) {
        return frame.getStreamType() == stream && new String(frame.getPayload(), UTF_8).equals(text);
    }
}

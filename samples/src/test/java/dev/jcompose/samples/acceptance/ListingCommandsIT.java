package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** The commands that show something: columns, JSON, filters, messages and exit codes. They change nothing. */
@RequiresRoot
class ListingCommandsIT extends SharedEngineScenario {
    private static final String FILE = """
            name: list
            services:
              web:
                image: localhost/host
                command: sh -c "echo hello; echo oops >&2; exec sleep 1000"
                init: true
                depends_on: {db: {condition: service_healthy}}
                ports: ["127.0.0.1::80", "127.0.0.1::53/udp"]
                scale: 2
              db:
                image: localhost/host
                command: sh -c "for i in 1 2 3; do echo line $$i; done; exec sleep 1000"
                init: true
                volumes: [data:/data]
                healthcheck: {test: "true", interval: 1s}
              job: {image: localhost/host, command: sh -c "echo done; exit 3"}
            volumes: {data: {}, unused: {}}
            """;

    @BeforeAll
    void up() throws Exception {
        write(FILE);
        jcompose.ok("up", "-d");
        await().until(() ->
                jcompose.ok("ps", "-a", "--status", "exited", "-q").lines().count() == 1);
        // Three lines of db, two of each web, one of job: up does not wait until they are printed.
        await().until(() -> jcompose.line("jcompose logs 2>&1").out().lines().count() == 8);
    }

    @ParallelTest
    void psHasDockersColumnsSortedByName() throws Exception {
        List<String> lines = jcompose.ok("ps").lines().toList();

        assertThat(lines.get(0).split(" {2,}"))
                .containsExactly("NAME", "IMAGE", "COMMAND", "SERVICE", "CREATED", "STATUS", "PORTS");
        assertThat(lines.stream().skip(1))
                .map(line -> line.split(" ")[0])
                .containsExactly("list-db-1", "list-web-1", "list-web-2");
        assertThat(lines.get(1)).containsPattern("\"sh -c for i in 1 2 …\" +db +\\S.* ago +Up .*\\(healthy\\)");
        assertThat(lines.get(2)).containsPattern("127.0.0.1:\\d+->80/tcp");
        assertThat(jcompose.ok("ps", "--no-trunc")).contains("do echo line $i; done; exec sleep 1000\"");
    }

    @ParallelTest
    void psSelectsByServiceStatusAndFilter() throws Exception {
        assertThat(jcompose.ok("ps", "--services")).isEqualTo("db\nweb\n");
        assertThat(jcompose.ok("ps", "-a", "--services")).isEqualTo("db\njob\nweb\n");
        assertThat(jcompose.ok("ps", "--status", "exited", "--format", "{{.Name}} {{.ExitCode}}"))
                .isEqualTo("list-job-1 3\n");
        assertThat(jcompose.ok("ps", "--filter", "status=running", "--services", "web"))
                .isEqualTo("web\n");
        assertThat(jcompose.ok("ps", "-q", "db")).matches("[0-9a-f]{64}\n");
        assertThat(jcompose.ok("ps", "--orphans=false", "--services")).isEqualTo("db\nweb\n");
        fails("no such service: wbe (did you mean \"web\"?)", "ps", "wbe");
        fails("unknown filter name", "ps", "--filter", "name=x");
        fails("arguments to --filter should be in form KEY=VAL", "ps", "--filter", "status");
    }

    @ParallelTest
    void psPrintsAJsonObjectPerContainer() throws Exception {
        List<JsonObject> all = jcompose.ok("ps", "-a", "--format", "json")
                .lines()
                .map(ListingCommandsIT::object)
                .toList();

        assertThat(all).hasSize(4);
        assertThat(all)
                .allSatisfy(json -> assertThat(json.members().keySet())
                        .containsExactly(
                                "Command",
                                "CreatedAt",
                                "ExitCode",
                                "Health",
                                "ID",
                                "Image",
                                "Labels",
                                "LocalVolumes",
                                "Mounts",
                                "Name",
                                "Names",
                                "Networks",
                                "Ports",
                                "Project",
                                "Publishers",
                                "RunningFor",
                                "Service",
                                "Size",
                                "State",
                                "Status"));
        JsonObject db = all.get(0);
        assertThat(db.string("Name")).isEqualTo("list-db-1");
        assertThat(db.string("Health")).isEqualTo("healthy");
        assertThat(db.string("Mounts")).isEqualTo("list_data");
        assertThat(db.string("Networks")).isEqualTo("list_default");
        assertThat(all.get(1).string("State")).isEqualTo("exited");
        JsonObject port = all.get(2).objects("Publishers").get(0);
        assertThat(port.members().keySet()).containsExactly("URL", "TargetPort", "PublishedPort", "Protocol");
    }

    @ParallelTest
    void psTakesTemplates() throws Exception {
        assertThat(jcompose.ok("ps", "--format", "table {{.Name}}\\t{{.State}}", "db"))
                .isEqualTo("NAME        STATE\nlist-db-1   running\n");
        assertThat(jcompose.ok("ps", "--format", "{{json .Service}}", "db")).isEqualTo("\"db\"\n");
    }

    @ParallelTest
    void lsTellsProjectsAndTheirFiles() throws Exception {
        String file = folder.resolve("compose.yaml").toString();

        assertThat(jcompose.ok("ls"))
                .matches("NAME +STATUS +CONFIG FILES\nlist +exited\\(1\\), running\\(3\\) +" + file + "\n");
        assertThat(jcompose.ok("ls", "-q")).isEqualTo("list\n");
        assertThat(jcompose.ok("ls", "--format", "json"))
                .isEqualTo("[{\"Name\":\"list\",\"Status\":\"exited(1), running(3)\",\"ConfigFiles\":\"%s\"}]\n"
                        .formatted(file));
        assertThat(jcompose.ok("ls", "--filter", "name=^other"))
                .isEqualTo("NAME                STATUS              CONFIG FILES\n");
        fails("invalid filter 'status'", "ls", "--filter", "status=x");
        assertThat(jcompose.ok("ls", "--format", "{{.Name}}")).isEqualTo("list\n");
        fails("unsupported format \"xml\"", "ls", "--format", "xml");
    }

    @ParallelTest
    void logsHavePrefixesTailsTimesAndIndexes() throws Exception {
        assertThat(jcompose.ok("logs", "db")).isEqualTo("db-1  | line 1\ndb-1  | line 2\ndb-1  | line 3\n");
        assertThat(jcompose.ok("logs", "--tail=1", "db", "job").lines().sorted())
                .containsExactly("db-1   | line 3", "job-1  | done");
        assertThat(jcompose.ok("logs", "-n", "1", "--no-log-prefix", "db")).isEqualTo("line 3\n");
        assertThat(jcompose.ok("logs", "-t", "--no-color", "--tail", "1", "db"))
                .matches("db-1  \\| \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z line 3\n");
        assertThat(jcompose.ok("logs", "--since", "2099-01-01", "db")).isEmpty();
        assertThat(jcompose.ok("logs", "--until", "24h", "db")).isEmpty();
        Jcompose.Result second = jcompose.run("logs", "--index", "2", "web");
        assertThat(second.out()).isEqualTo("web-2  | hello\n");
        assertThat(second.err()).isEqualTo("web-2  | oops\n");
        fails("no such service: nope", "logs", "nope");
    }

    @ParallelTest
    void logsWithFollowEndWithTheirContainers() throws Exception {
        assertThat(jcompose.ok("logs", "-f", "job")).isEqualTo("job-1  | done\n");
    }

    @ParallelTest
    void topIsOneTableWithServiceAndReplica() throws Exception {
        List<String> lines = jcompose.ok("top").lines().toList();

        assertThat(lines.get(0).split(" +"))
                .containsExactly("SERVICE", "#", "UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
        assertThat(lines).anyMatch(line -> line.matches("web +2 +root +\\d+ .* sleep 1000"));
        assertThat(jcompose.ok("top", "job")).isEmpty();
        fails("no such service: nope", "top", "nope");
    }

    @ParallelTest
    void statsIsDockersTable() throws Exception {
        List<String> lines = jcompose.ok("stats", "--no-stream", "db").lines().toList();

        assertThat(lines.get(0).split(" {2,}"))
                .containsExactly(
                        "CONTAINER ID", "NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %", "NET I/O", "BLOCK I/O", "PIDS");
        assertThat(lines.get(1))
                .matches("[0-9a-f]{12} +list-db-1 +[0-9.]+% +[0-9.]+\\w?i?B / [0-9.]+\\w?i?B +[0-9.]+% .* 2");
        assertThat(object(jcompose.ok("stats", "--no-stream", "--format", "json", "db"))
                        .members()
                        .keySet())
                .containsExactly(
                        "BlockIO", "CPUPerc", "Container", "ID", "MemPerc", "MemUsage", "Name", "NetIO", "PIDs");
        assertThat(jcompose.ok("stats", "--no-stream", "--no-trunc", "--format", "{{.ID}}", "db"))
                .matches("[0-9a-f]{64}\n");
        assertThat(jcompose.ok("stats", "--no-stream", "-a", "--format", "{{.Name}}"))
                .contains("list-job-1\n");
    }

    @ParallelTest
    void portTellsTheHostsSide() throws Exception {
        String tcp = jcompose.ok("port", "web", "80");
        assertThat(tcp).matches("127\\.0\\.0\\.1:\\d+\n");
        assertThat(jcompose.ok("port", "--index", "2", "web", "80"))
                .matches("127\\.0\\.0\\.1:\\d+\n")
                .isNotEqualTo(tcp);
        assertThat(jcompose.ok("port", "--protocol", "udp", "web", "53")).matches("127\\.0\\.0\\.1:\\d+\n");
        fails("no port 81/tcp for container list-web-1: 80/tcp, 53/udp", "port", "web", "81");
        fails("service \"web\" is not running container #9", "port", "--index=9", "web", "80");
    }

    @ParallelTest
    void imagesAreThoseOfTheContainers() throws Exception {
        List<String> lines = jcompose.ok("images").lines().toList();
        assertThat(lines.get(0).split(" {2,}"))
                .containsExactly("CONTAINER", "REPOSITORY", "TAG", "PLATFORM", "IMAGE ID", "SIZE", "CREATED");
        assertThat(lines.get(1)).matches("list-db-1 +localhost/host +latest +linux/\\w+ +[0-9a-f]{12} +\\S+ +N/A");
        assertThat(jcompose.ok("images", "-q")).matches("[0-9a-f]{64}\n");
        List<?> json = (List<?>) Json.read(jcompose.ok("images", "--format", "json"));
        assertThat(json).hasSize(4);
        assertThat(((Map<?, ?>) json.get(0)).keySet().stream().map(String::valueOf))
                .startsWith("ID", "ContainerName", "Repository", "Tag", "Platform", "Size", "Created");
        assertThat(jcompose.ok("images", "--format", "{{.ContainerName}}")).startsWith("list-db-1\n");
        fails("unsupported format \"xml\"", "images", "--format", "xml");
    }

    @ParallelTest
    void volumesAreThoseOfTheProject() throws Exception {
        assertThat(jcompose.ok("volumes")).isEqualTo("DRIVER    VOLUME NAME\nlocal     list_data\n");
        assertThat(jcompose.ok("volumes", "-q", "db")).isEqualTo("list_data\n");
        assertThat(jcompose.ok("volumes", "-q", "web")).isEmpty();
        assertThat(object(jcompose.ok("volumes", "--format", "json")).string("Name"))
                .isEqualTo("list_data");
    }

    @ParallelTest
    void aNameIsEnoughWhereThereIsNoFile() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere").resolve("deep"));
        String bare = "cd " + elsewhere + "; rm -f ../compose.yaml; jcompose --project-directory / ";

        assertThat(jcompose.line(bare + "-p list ps --services").out()).isEqualTo("db\nweb\n");
        assertThat(jcompose.line("COMPOSE_PROJECT_NAME=list; export COMPOSE_PROJECT_NAME; " + bare + "logs -n 1 db")
                        .out())
                .isEqualTo("db-1  | line 3\n");
        Jcompose.Result none = jcompose.line(bare + "ps");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).startsWith("no configuration file provided: not found\n");
    }

    private void fails(String message, String... command) throws Exception {
        Jcompose.Result result = jcompose.run(command);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).isEqualTo(message + "\n");
        assertThat(result.out()).isEmpty();
    }

    private static JsonObject object(String text) {
        return JsonObject.parse(text);
    }
}

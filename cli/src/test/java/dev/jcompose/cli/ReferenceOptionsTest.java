package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.command.Commands;
import dev.jcompose.cli.project.GlobalOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The options that {@code docker compose} documents, by command; hidden ones too. */
class ReferenceOptionsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    up | --abort-on-container-exit --abort-on-container-failure --always-recreate-deps --attach --attach-dependencies --build -d --detach --exit-code-from --force-recreate --menu --no-attach --no-build --no-color --no-deps --no-log-prefix --no-recreate --no-start --pull --quiet-build --quiet-pull --remove-orphans -V --renew-anon-volumes --scale -t --timeout --timestamps --wait --wait-timeout -w --watch -y --yes
                    down | --remove-orphans --rmi -t --timeout -v --volumes
                    create | --build --force-recreate --no-build --no-recreate --pull --quiet-pull --remove-orphans --scale -y --yes
                    start | --wait --wait-timeout
                    stop | -t --timeout
                    restart | --no-deps -t --timeout
                    kill | --remove-orphans -s --signal
                    pause | ''
                    unpause | ''
                    rm | -a --all -f --force -s --stop -v --volumes
                    scale | --no-deps
                    run | --build --cap-add --cap-drop -d --detach --entrypoint -e --env --env-from-file -i --interactive -l --label --name --no-deps -T --no-tty -p --publish --pull -q --quiet --quiet-build --quiet-pull --remove-orphans --rm -P --service-ports -t --tty --use-aliases -u --user -v --volume -w --workdir
                    exec | -d --detach -e --env --index -i --interactive -T --no-tty --privileged -t --tty -u --user -w --workdir
                    attach | --detach-keys --index --no-stdin --sig-proxy
                    ps | -a --all --filter --format --no-trunc --orphans -q --quiet --services --status
                    logs | -f --follow --index --no-color --no-log-prefix --since -n --tail -t --timestamps --until
                    top | ''
                    stats | -a --all --format --no-stream --no-trunc
                    events | --json --since --until
                    watch | --no-up --prune --quiet
                    port | --index --protocol
                    images | --format -q --quiet
                    volumes | --format -q --quiet
                    ls | -a --all --filter --format -q --quiet
                    config | --environment --format --hash --images --lock-image-digests --models --networks --no-consistency --no-env-resolution --no-interpolate --no-normalize --no-path-resolution -o --output --profiles -q --quiet --resolve-image-digests --services --variables --volumes
                    build | --build-arg --builder --check --compress --force-rm -m --memory --no-cache --no-rm --parallel --print --progress --provenance --pull --push -q --quiet --sbom --ssh --with-dependencies
                    pull | --ignore-buildable --ignore-pull-failures --include-deps --no-parallel --parallel --policy -q --quiet
                    push | --ignore-push-failures --include-deps -q --quiet
                    cp | --all -a --archive -L --follow-link --index
                    commit | -a --author -c --change --index -m --message -p --pause
                    export | --index -o --output
                    wait | --down-project
                    version | -f --format --short
                    convert | --format --hash --images --no-consistency --no-interpolate --no-normalize -o --output --profiles -q --quiet --resolve-image-digests --services --volumes
                    """)
    void hasAllOptions(String command, String options) {
        CommandLine line = Jcompose.parser(Commands.find(command).orElseThrow());

        assertThat(names(line)).containsAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({
        "--all-resources --ansi --compatibility --dry-run --env-file -f --file --insecure-registry --no-ansi --parallel",
        "--profile --progress --project-directory -p --project-name --verbose -v --version --workdir"
    })
    void hasAllOptionsBeforeTheCommand(String options) {
        assertThat(names(Jcompose.parser(new GlobalOptions()))).containsAll(List.of(options.split(" ")));
    }

    private static Set<String> names(CommandLine line) {
        Set<String> names = new TreeSet<>();
        line.getCommandSpec().options().forEach(option -> names.addAll(Arrays.asList(option.names())));
        return names;
    }
}

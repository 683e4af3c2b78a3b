package dev.jcompose.model.attribute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.ServiceVolume;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumesTest {

    private static ServiceVolume volume(String item) {
        List<ServiceVolume> volumes = Loading.of(
                        "services: {a: {image: x, volumes: [" + item + "]}}\nvolumes: {data: }")
                .a()
                .volumes();
        assertThat(volumes).hasSize(1);
        return volumes.get(0);
    }

    @Test
    void pathIsABindThatCreatesItsDirectory() {
        ServiceVolume bind = volume("'./src:/src:ro,z,rslave'");

        assertThat(bind.type()).isEqualTo(ServiceVolume.Type.BIND);
        assertThat(bind.source()).isEqualTo("/project/src");
        assertThat(bind.readOnly()).isTrue();
        assertThat(bind.bind()).isEqualTo(new ServiceVolume.Bind("rslave", true, "z", null));
    }

    @Test
    void homeDirectoryIsExpanded() {
        assertThat(volume("'~/x:/x'").source()).isEqualTo("/home/user/x");
    }

    @Test
    void nameIsANamedVolume() {
        ServiceVolume named = volume("'data:/d:nocopy'");

        assertThat(named.type()).isEqualTo(ServiceVolume.Type.VOLUME);
        assertThat(named.source()).isEqualTo("data");
        assertThat(named.volume()).isEqualTo(new ServiceVolume.VolumeOptions(true, null, Map.of()));
    }

    @Test
    void targetAloneIsAnonymous() {
        assertThat(volume("/d").source()).isNull();
    }

    @Test
    void tmpfsHasSizeInBytesAndModeByValue() {
        assertThat(volume("{type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 01777}}")
                        .tmpfs())
                .isEqualTo(new ServiceVolume.Tmpfs(1 << 20, 01777));
    }

    @Test
    void longBindMayLeaveTheDirectoryAlone() {
        assertThat(volume("{type: bind, source: /h, target: /t, bind: {create_host_path: false}}")
                        .bind())
                .isEqualTo(new ServiceVolume.Bind(null, false, null, null));
    }

    @Test
    void undefinedVolumeIsAnErrorAtTheMount() {
        assertThat(Loading.of("services:\n  a:\n    image: x\n    volumes:\n      - /x\n      - foo:/d\n")
                        .problems())
                .containsExactly(
                        "compose.yaml:6:9: services.a.volumes[1]: service \"a\" refers to undefined volume foo:"
                                + " invalid compose project");
    }

    @Test
    void bindWithoutSourceIsAnError() {
        assertThat(Loading.of("services: {a: {image: x, volumes: [{type: bind, target: /d}]}}")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:36: services.a.volumes[0]: invalid mount config for type \"bind\": field"
                                + " Source must not be empty");
    }

    @Test
    void twoMountsOnOneTargetAreAnError() {
        assertThat(Loading.of("services: {a: {image: x, tmpfs: /d, volumes: [/d]}}")
                        .problems())
                .containsExactly("compose.yaml:1:47: services.a.volumes[0]: target /d already mounted as"
                        + " services.a.tmpfs[0]");
    }

    @Test
    void externalVolumeHasItsKeyAsName() {
        var volumes = Loading.of("services: {a: {image: x, volumes: ['out:/e', 'in:/f']}}\n"
                        + "volumes: {out: {external: true}, in: }")
                .project()
                .volumes();

        assertThat(requireNonNull(volumes.get("out")).name()).isEqualTo("out");
        assertThat(requireNonNull(volumes.get("in")).name()).isEqualTo("test_in");
        assertThat(Loading.of("services: {}\nvolumes: {v: {external: true, driver: d}}")
                        .problems())
                .containsExactly("compose.yaml:2:31: volumes.v: conflicting parameters \"external\" and \"driver\""
                        + " specified");
    }
}

package dev.jcompose.model.attribute;

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
    void mountWithoutTargetIsAnError() {
        assertThat(Loading.problems("volumes: [{type: volume}, {type: volume, targt: /x}]"))
                .containsExactly(
                        "compose.yaml:4:15: services.a.volumes[0]: service volume services.a.volumes.[0] is missing a mount target",
                        "compose.yaml:4:46: services.a.volumes.1 additional properties 'targt' not allowed");
    }

    @Test
    void overrideOfTheSameTargetTakesItsPlace() {
        assertThat(Loading.of(
                                "services: {a: {image: x, volumes: ['/one:/d/', '/two:/e']}}",
                                "services: {a: {volumes: [{type: tmpfs, target: /d}]}}")
                        .a()
                        .volumes())
                .extracting(volume -> volume.type() + " " + volume.target())
                .containsExactly("TMPFS /d", "BIND /e");
    }

    @Test
    void everyTypeHasItsOptions() {
        assertThat(volume("{type: bind, source: /h, target: /t, bind: {propagation: rshared, recursive: disabled}}")
                        .bind())
                .isEqualTo(new ServiceVolume.Bind("rshared", true, null, "disabled"));
        assertThat(volume(
                                "{type: volume, source: data, target: /t, volume: {nocopy: 'true', subpath: s, labels: [a=b]}}")
                        .volume())
                .isEqualTo(new ServiceVolume.VolumeOptions(true, "s", Map.of("a", "b")));
        assertThat(volume("{type: image, source: i, target: /t, image: {subpath: s}}")
                        .image())
                .isEqualTo(new ServiceVolume.Image("s"));
        assertThat(Loading.problems("volumes: [{type: disk, target: /t}]"))
                .containsExactly("compose.yaml:4:22: services.a.volumes.0.type value must be one of 'bind', 'volume',"
                        + " 'tmpfs', 'cluster', 'npipe', 'image'");
    }

    @Test
    void windowsPathsAreConvertedWhereTheVariableAsksForIt() {
        Loading loading = Loading.of("services: {a: {image: x, volumes: ['C:\\a\\b:/x']}}");

        assertThat(loading.a().volumes().get(0).source()).isEqualTo("C:\\a\\b");
        assertThat(loading.with("COMPOSE_CONVERT_WINDOWS_PATHS", "1")
                        .a()
                        .volumes()
                        .get(0)
                        .source())
                .isEqualTo("/c/a/b");
    }

    @Test
    void optionThatDoesNotExistIsLeftOutWithAWarning() {
        assertThat(Loading.of("services: {a: {image: x, volumes: ['/a:/a:r0', '/b:/b:ro,z']}}")
                        .result()
                        .warnings())
                .extracting(warning -> warning.location() + ": " + warning.message())
                .containsExactly("compose.yaml:1:36: the volume option \"r0\" does not exist and is left out"
                        + " (did you mean \"ro\"?)");
    }
}

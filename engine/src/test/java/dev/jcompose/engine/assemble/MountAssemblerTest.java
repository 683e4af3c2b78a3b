package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.assemble.MountAssembler.VolumeUse;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.Volume;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.MountSpec.Propagation;
import dev.jcompose.runtime.container.MountSpec.TmpfsMount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MountAssemblerTest {
    private static final Project PROJECT = new Project(
            "p",
            Path.of("/p"),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("data", new Volume("data", "p_data", null, Map.of(), false, Map.of(), Map.of())),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of());

    @Test
    void aNamedVolumeHasItsFullNameAndAnAnonymousOneNone() {
        Service service = with(volume("data", "/data", null), volume(null, "/cache", null));
        assertThat(MountAssembler.volumes(PROJECT, service, Set.of()))
                .containsEntry("/data", new VolumeUse("p_data", "/data", false, true, null))
                .containsEntry("/cache", new VolumeUse(null, "/cache", false, true, null));
    }

    @Test
    void nocopyAndSubpathAreHandedOn() {
        ServiceVolume.VolumeOptions options = new ServiceVolume.VolumeOptions(true, "inner", Map.of());
        assertThat(MountAssembler.volumes(PROJECT, with(volume("data", "/data", options)), Set.of()))
                .containsEntry("/data", new VolumeUse("p_data", "/data", false, false, "inner"));
    }

    @Test
    void whatTheImageDeclaresIsAnonymousUnlessSomethingIsMountedThere() {
        Service service =
                with(List.of("/scratch:size=1m"), volume("data", "/data", null), bind("/srv", "/bound", null));
        assertThat(MountAssembler.volumes(PROJECT, service, Set.of("/data", "/bound", "/scratch", "/other")))
                .containsOnlyKeys("/data", "/other")
                .containsEntry("/other", new VolumeUse(null, "/other", false, true, null));
    }

    @Test
    void allKindsAreMounted() {
        ServiceVolume memory = new ServiceVolume(
                ServiceVolume.Type.TMPFS,
                null,
                "/memory",
                false,
                null,
                null,
                null,
                new ServiceVolume.Tmpfs(4096, 0700),
                null);
        Service service = with(List.of("/scratch"), bind("/srv", "/bound", null), memory);
        VolumeUse use = new VolumeUse("p_data", "/data", true, true, null);
        assertThat(MountAssembler.mounts(service, Map.of(use, Path.of("/volumes/p_data"))))
                .containsExactly(
                        new BindMount(Path.of("/srv"), "/bound", false, true, Propagation.PRIVATE),
                        new TmpfsMount("/memory", 4096, 0700, 0, 0, false, false),
                        BindMount.of(Path.of("/volumes/p_data"), "/data", true),
                        new TmpfsMount("/scratch", 0, 01777, 0, 0, false, false));
    }

    @Test
    void propagationAndDepthOfABindMountAreHandedOn() {
        ServiceVolume.Bind options = new ServiceVolume.Bind("rslave", true, null, "disabled");
        assertThat(MountAssembler.mounts(with(bind("/srv", "/bound", options)), Map.of()))
                .containsExactly(new BindMount(Path.of("/srv"), "/bound", false, false, Propagation.SLAVE));
    }

    @Test
    void mountsBelowAReadOnlySourceStayWritableWhereThatIsAskedFor() {
        ServiceVolume.Bind options = new ServiceVolume.Bind(null, true, null, "writable");
        assertThat(MountAssembler.mounts(with(bind("/srv", "/bound", options)), Map.of()))
                .containsExactly(BindMount.of(Path.of("/srv"), "/bound", false).withMountsBelowAsTheyAre());
    }

    @Test
    void whatMustBeReadOnlyAllTheWayDownMustBeReadOnly() {
        ServiceVolume.Bind options = new ServiceVolume.Bind(null, true, null, "readonly");
        assertThatThrownBy(() -> MountAssembler.mounts(with(bind("/srv", "/bound", options)), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("/bound", "readonly", "read_only: true");
    }

    @Test
    void anotherKindIsRefusedByName() {
        ServiceVolume cluster =
                new ServiceVolume(ServiceVolume.Type.CLUSTER, "x", "/x", false, null, null, null, null, null);
        assertThatThrownBy(() -> MountAssembler.mounts(with(cluster), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("services.web.volumes", "cluster");
    }

    private static Service with(ServiceVolume... volumes) {
        return with(List.of(), volumes);
    }

    private static Service with(List<String> tmpfs, ServiceVolume... volumes) {
        return Service.builder("web").tmpfs(tmpfs).volumes(List.of(volumes)).build();
    }

    private static ServiceVolume volume(
            @Nullable String source, String target, ServiceVolume.@Nullable VolumeOptions options) {
        return new ServiceVolume(ServiceVolume.Type.VOLUME, source, target, false, null, null, options, null, null);
    }

    private static ServiceVolume bind(String source, String target, ServiceVolume.@Nullable Bind options) {
        return new ServiceVolume(ServiceVolume.Type.BIND, source, target, false, null, options, null, null, null);
    }
}

package dev.jcompose.model.bind;

import dev.jcompose.model.DeviceMapping;
import dev.jcompose.model.DeviceRequest;
import dev.jcompose.model.FileMount;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.ServiceVolume;

/** Binds mounts, ports and devices. */
final class MountBinder {
    private MountBinder() {}

    static ServiceVolume volume(Fields fields) {
        return new ServiceVolume(
                fields.oneOf("type", ServiceVolume.Type.values()),
                fields.nonEmpty("source"),
                fields.nonEmpty("target"),
                fields.flag("read_only"),
                fields.string("consistency"),
                fields.object("bind", MountBinder::bind),
                fields.object("volume", MountBinder::volumeOptions),
                fields.object("tmpfs", MountBinder::tmpfs),
                fields.object("image", image -> new ServiceVolume.Image(image.string("subpath"))),
                fields.extensions());
    }

    private static ServiceVolume.Bind bind(Fields fields) {
        return new ServiceVolume.Bind(
                fields.string("propagation"),
                !Boolean.FALSE.equals(fields.bool("create_host_path")),
                fields.string("selinux"),
                fields.string("recursive"));
    }

    private static ServiceVolume.VolumeOptions volumeOptions(Fields fields) {
        return new ServiceVolume.VolumeOptions(fields.flag("nocopy"), fields.string("subpath"), fields.texts("labels"));
    }

    private static ServiceVolume.Tmpfs tmpfs(Fields fields) {
        return new ServiceVolume.Tmpfs(fields.bytes("size"), fields.unsignedOrZero("mode"));
    }

    static PortMapping port(Fields fields) {
        String protocol = fields.nonEmpty("protocol");
        String mode = fields.nonEmpty("mode");
        return new PortMapping(
                fields.nonEmpty("name"),
                mode == null ? "ingress" : mode,
                fields.nonEmpty("host_ip"),
                fields.unsignedOrZero("target"),
                fields.nonEmpty("published"),
                protocol == null ? "tcp" : protocol,
                fields.nonEmpty("app_protocol"));
    }

    static DeviceMapping device(Fields fields) {
        return new DeviceMapping(fields.required("source"), fields.string("target"), fields.string("permissions"));
    }

    static DeviceRequest request(Fields fields) {
        return new DeviceRequest(
                fields.strings("capabilities"),
                fields.nonEmpty("driver"),
                fields.count("count"),
                fields.strings("device_ids"),
                fields.texts("options"));
    }

    static FileMount file(Fields fields) {
        return new FileMount(
                fields.required("source"),
                fields.nonEmpty("target"),
                fields.nonEmpty("uid"),
                fields.nonEmpty("gid"),
                fields.fileMode("mode"));
    }
}

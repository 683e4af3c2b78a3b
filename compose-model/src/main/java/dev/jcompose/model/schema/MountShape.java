package dev.jcompose.model.schema;

import static dev.jcompose.model.schema.CommonShapes.BOOLEAN;
import static dev.jcompose.model.schema.CommonShapes.INTEGER;
import static dev.jcompose.model.schema.CommonShapes.KEY_VALUES;
import static dev.jcompose.model.schema.CommonShapes.NUMBER;
import static dev.jcompose.model.schema.CommonShapes.STRING;
import static dev.jcompose.model.schema.CommonShapes.list;
import static dev.jcompose.model.schema.CommonShapes.union;

/** The shapes of mounts, devices and block device limits. */
final class MountShape {
    private MountShape() {}

    static Shape volume() {
        MappingShape bind = new MappingShape()
                .field("propagation", STRING)
                .field("create_host_path", BOOLEAN)
                .field("recursive", ScalarShape.oneOf("enabled", "disabled", "writable", "readonly"))
                .field("selinux", ScalarShape.oneOf("z", "Z"));
        MappingShape volume = new MappingShape()
                .field("labels", KEY_VALUES)
                .field("nocopy", BOOLEAN)
                .field("subpath", STRING);
        MappingShape tmpfs = new MappingShape()
                .field("size", union(ScalarShape.of("integer").between(0, Double.MAX_VALUE), STRING))
                .field("mode", NUMBER);
        return union(
                STRING,
                new MappingShape()
                        .field("type", ScalarShape.oneOf("bind", "volume", "tmpfs", "cluster", "npipe", "image"))
                        .fields(STRING, "source", "target", "consistency")
                        .field("read_only", BOOLEAN)
                        .field("bind", bind)
                        .field("volume", volume)
                        .field("tmpfs", tmpfs)
                        .field("image", new MappingShape().field("subpath", STRING))
                        .require("type"));
    }

    static Shape device() {
        return new MappingShape()
                .fields(STRING, "source", "target", "permissions")
                .require("source");
    }

    static Shape blkio() {
        MappingShape limit = new MappingShape().field("path", STRING).field("rate", INTEGER);
        MappingShape weight = new MappingShape().field("path", STRING).field("weight", INTEGER);
        return new MappingShape()
                .fields(list(limit), "device_read_bps", "device_read_iops", "device_write_bps", "device_write_iops")
                .field("weight", INTEGER)
                .field("weight_device", list(weight));
    }
}
